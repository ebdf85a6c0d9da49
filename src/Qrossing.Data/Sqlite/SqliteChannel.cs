using System.Data.Common;
using Microsoft.Data.Sqlite;
using Qrossing.Data.Sql;
using SQLitePCL;

namespace Qrossing.Data.Sqlite;

/// <summary>A SQLite connection. Its "named" parameters may be named <c>$1</c>.</summary>
internal sealed class SqliteChannel(SqliteConnection connection) : SqlChannel(connection, preparesItself: true)
{
    /// <summary>After some errors SQLite has already rolled back by itself; the connection knows.</summary>
    public override void Rollback()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Execute("ROLLBACK");
        }
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
}
