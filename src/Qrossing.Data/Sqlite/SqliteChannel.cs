using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Qrossing.Data.Sql;
using SQLitePCL;

namespace Qrossing.Data.Sqlite;

/// <summary>
/// A SQLite connection. Its "named" parameters may be named <c>$1</c>. What answers no rows goes to the library itself: ADO.NET looks every parameter
/// up by its name and boxes its value each time, for thirty columns and more in every statement.
/// </summary>
internal sealed class SqliteChannel(SqliteConnection connection) : SqlChannel(connection, preparesItself: true)
{
    private readonly Dictionary<string, Statement> _statements = [];
    private byte[] _text = new byte[1024];

    public override int Execute(string sql, params SqlValue[] values)
    {
        var db = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        var (handle, places) = Find(db, sql, values.Length);
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                Check(Bind(handle, places[i], values[i]), db);
            }

            int result;
            do
            {
                result = raw.sqlite3_step(handle);
            }
            while (result == raw.SQLITE_ROW);
            Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result, db);
            return raw.sqlite3_changes(db);
        }
        finally
        {
            raw.sqlite3_reset(handle); // says again what the step said
        }
    }

    /// <summary>After some errors SQLite has already rolled back by itself; the connection knows.</summary>
    public override void Rollback()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    public override void Dispose()
    {
        Forget();
        base.Dispose();
    }

    protected override DbParameter NewParameter(int number, SqlKind kind) => new SqliteParameter
    {
        ParameterName = $"${number}",
        SqliteType = kind switch
        {
            SqlKind.Integer => SqliteType.Integer,
            SqlKind.Text => SqliteType.Text,
            _ => SqliteType.Blob,
        },
    };

    private static void Check(int result, sqlite3 db) => SqliteException.ThrowExceptionForRC(result, db);

    private int Bind(sqlite3_stmt statement, int place, SqlValue value)
    {
        if (value.IsNull)
        {
            return raw.sqlite3_bind_null(statement, place);
        }

        return value.Kind switch
        {
            SqlKind.Integer => raw.sqlite3_bind_int64(statement, place, value.Integer),
            SqlKind.Text => BindText(statement, place, value.Text),
            _ => value.Bytes is { Length: > 0 } bytes ? raw.sqlite3_bind_blob(statement, place, bytes) : raw.sqlite3_bind_zeroblob(statement, place, 0),
        };
    }

    /// <summary>SQLite copies what is bound, so one buffer serves all. Nothing bound through a pointer to nothing would be NULL: the empty text takes another way.</summary>
    private int BindText(sqlite3_stmt statement, int place, string text)
    {
        if (text.Length == 0)
        {
            return raw.sqlite3_bind_text(statement, place, text);
        }

        if (_text.Length < Encoding.UTF8.GetMaxByteCount(text.Length))
        {
            _text = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        }

        return raw.sqlite3_bind_text(statement, place, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    /// <summary>A parameter's place is the order in which the text first names it, not its number.</summary>
    private Statement Find(sqlite3 db, string sql, int parameters)
    {
        if (_statements.TryGetValue(sql, out var known))
        {
            return known;
        }

        if (_statements.Count >= CommandLimit)
        {
            Forget();
        }

        Check(raw.sqlite3_prepare_v2(db, sql, out var handle), db);
        var statement = new Statement(handle, [.. Enumerable.Range(1, parameters).Select(number => raw.sqlite3_bind_parameter_index(handle, $"${number}"))]);
        _statements.Add(sql, statement);
        return statement;
    }

    private void Forget()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Handle.Dispose();
        }

        _statements.Clear();
    }

    private sealed record Statement(sqlite3_stmt Handle, int[] Places);
}
