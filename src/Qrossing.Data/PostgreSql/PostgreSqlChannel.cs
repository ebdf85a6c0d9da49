using System.Data;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Qrossing.Data.Sql;

namespace Qrossing.Data.PostgreSql;

/// <summary>
/// A PostgreSQL connection. What is posted waits and travels with the next statement that needs an answer, so that a unit costs one
/// or two round trips and not one per statement. Npgsql itself prepares what it sees often.
/// </summary>
internal sealed class PostgreSqlChannel(NpgsqlConnection connection) : SqlChannel(connection, preparesItself: false)
{
    /// <summary>So many at most travel together: the answers to more could fill the socket while we still write.</summary>
    private const int PostLimit = 500;

    private readonly List<(string Sql, SqlValue[] Values)> _posted = [];

    /// <summary>Where the open unit's SAVEPOINT stands among what is posted; -1 when it was sent.</summary>
    private int _savepoint = -1;

    public override int Execute(string sql, params SqlValue[] values)
    {
        using var batch = TakePosted(sql, values);
        batch.ExecuteNonQuery();
        return (int)batch.BatchCommands[^1].RecordsAffected;
    }

    public override void Post(string sql, params SqlValue[] values)
    {
        _posted.Add((sql, values));
        if (_posted.Count >= PostLimit)
        {
            Flush();
        }
    }

    public override void Flush()
    {
        if (_posted.Count > 0)
        {
            var (sql, values) = _posted[^1];
            _posted.RemoveAt(_posted.Count - 1);
            Execute(sql, values);
        }
    }

    public override void BeginUnit()
    {
        Post("SAVEPOINT unit");
        _savepoint = _posted.Count - 1;
    }

    public override void KeepUnit()
    {
        if (_savepoint == _posted.Count - 1 && _savepoint >= 0)
        {
            DropUnit(); // the unit sent nothing
        }
        else
        {
            Execute("RELEASE SAVEPOINT unit");
        }
    }

    public override void DropUnit()
    {
        if (_savepoint >= 0)
        {
            _posted.RemoveRange(_savepoint, _posted.Count - _savepoint);
            _savepoint = -1;
            return;
        }

        _posted.Clear();
        Post("ROLLBACK TO SAVEPOINT unit");
        Execute("RELEASE SAVEPOINT unit");
    }

    public override void Rollback()
    {
        _posted.Clear();
        Execute("ROLLBACK");
    }

    protected override DbParameter NewParameter(int number, SqlKind kind) => NewParameter(kind);

    /// <summary>Statements without rows have no result set of their own: the reader stands on the query's. It does not need the batch, which holds nothing.</summary>
    protected override DbDataReader Query(string sql, SqlValue[] values)
    {
        using var batch = TakePosted(sql, values);
        return batch.ExecuteReader();
    }

    private static NpgsqlParameter NewParameter(SqlKind kind) => new()
    {
        NpgsqlDbType = kind switch
        {
            SqlKind.Integer => NpgsqlDbType.Bigint,
            SqlKind.Text => NpgsqlDbType.Text,
            _ => NpgsqlDbType.Bytea,
        },
    };

    private static NpgsqlBatchCommand NewCommand(string sql, SqlValue[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            var parameter = NewParameter(value.Kind);
            parameter.Value = value.Boxed;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private NpgsqlBatch TakePosted(string sql, SqlValue[] values)
    {
        if (connection.State != ConnectionState.Open)
        {
            throw new NpgsqlException("The connection to the database was lost.");
        }

        var batch = new NpgsqlBatch(connection);
        foreach (var (postedSql, postedValues) in _posted)
        {
            batch.BatchCommands.Add(NewCommand(postedSql, postedValues));
        }

        batch.BatchCommands.Add(NewCommand(sql, values));
        _posted.Clear();
        _savepoint = -1;
        return batch;
    }
}
