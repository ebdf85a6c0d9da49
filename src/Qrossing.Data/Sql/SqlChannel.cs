using System.Data.Common;

namespace Qrossing.Data.Sql;

/// <summary>
/// One connection with its prepared statements: each SQL text is prepared once and kept. Not for use by two threads at a time.
/// (<paramref name="preparesItself"/>: not where the driver prepares what it sees often.) The statements are written with <c>$1</c>-style parameters, which both engines read without rewriting.
/// </summary>
internal abstract class SqlChannel(DbConnection connection, bool preparesItself) : IDisposable
{
    /// <summary>Lists of types or positions make texts of many lengths: past this all are forgotten and prepared again when needed.</summary>
    protected const int CommandLimit = 256;

    private readonly Dictionary<string, DbCommand> _commands = [];

    /// <summary>Runs a statement; the number of rows it changed.</summary>
    public virtual int Execute(string sql, params SqlValue[] values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Runs a statement whose answer nobody needs; an engine may send it together with the next one, where its failure then shows.</summary>
    public virtual void Post(string sql, params SqlValue[] values) => Execute(sql, values);

    /// <summary>Posts one statement for many rows.</summary>
    public void PostMany(string sql, IEnumerable<SqlValue[]> rows)
    {
        foreach (var row in rows)
        {
            Post(sql, row);
        }
    }

    /// <summary>Sends what was posted and waits for it.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Begins what can be rolled back alone.</summary>
    public virtual void BeginUnit() => Execute("SAVEPOINT unit");

    /// <summary>Keeps what happened since <see cref="BeginUnit"/>; everything posted has run after it.</summary>
    public virtual void KeepUnit() => Execute("RELEASE SAVEPOINT unit");

    /// <summary>Takes back what happened since <see cref="BeginUnit"/>.</summary>
    public virtual void DropUnit()
    {
        Execute("ROLLBACK TO SAVEPOINT unit");
        Execute("RELEASE SAVEPOINT unit");
    }

    /// <summary>Rolls the open transaction back, if the engine has not done so already.</summary>
    public abstract void Rollback();

    /// <summary>The first row; default when there is none.</summary>
    public T? First<T>(string sql, Func<SqlRow, T> read, params SqlValue[] values)
    {
        using var reader = Query(sql, values);
        return reader.Read() ? read(new SqlRow(reader)) : default;
    }

    /// <summary>Whether there is a row.</summary>
    public bool Any(string sql, params SqlValue[] values)
    {
        using var reader = Query(sql, values);
        return reader.Read();
    }

    /// <summary>Rows one by one; leave the loop early and the rest is not read.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<SqlRow, T> read, params SqlValue[] values)
    {
        using var reader = Query(sql, values);
        var row = new SqlRow(reader);
        while (reader.Read())
        {
            yield return read(row.Rewind());
        }
    }

    /// <summary>All rows.</summary>
    public async ValueTask<List<T>> AllAsync<T>(string sql, Func<SqlRow, T> read, SqlValue[] values, CancellationToken cancellationToken)
    {
        await using var reader = await Bind(sql, values).ExecuteReaderAsync(cancellationToken);
        var row = new SqlRow(reader);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(row.Rewind()));
        }

        return rows;
    }

    public virtual void Dispose()
    {
        Forget();
        connection.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual DbDataReader Query(string sql, SqlValue[] values) => Bind(sql, values).ExecuteReader();

    protected abstract DbParameter NewParameter(int number, SqlKind kind);

    protected DbCommand Bind(string sql, SqlValue[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            if (_commands.Count >= CommandLimit)
            {
                Forget();
            }

            command = Prepare(sql, values);
            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i].Boxed;
        }

        return command;
    }

    private void Forget()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    private DbCommand Prepare(string sql, SqlValue[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of the stores and lists of "$n"; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.Add(NewParameter(i + 1, values[i].Kind));
        }

        if (preparesItself)
        {
            command.Prepare();
        }

        return command;
    }
}
