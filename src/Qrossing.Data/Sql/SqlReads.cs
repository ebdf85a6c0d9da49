using System.Data.Common;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Data.Sql;

/// <summary>The stores' way to read outside a unit: borrows a connection for one statement.</summary>
internal sealed class SqlReads(SqlEngine engine)
{
    /// <summary>The first row; default when there is none.</summary>
    public async ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> read, SqlValue[] values, CancellationToken cancellationToken)
    {
        var rows = await AllAsync(sql, read, values, cancellationToken);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>All rows.</summary>
    public async ValueTask<List<T>> AllAsync<T>(string sql, Func<SqlRow, T> read, SqlValue[] values, CancellationToken cancellationToken)
    {
        using var lease = await RentAsync(cancellationToken);
        try
        {
            return await lease.Channel.AllAsync(sql, read, values, cancellationToken);
        }
        catch (DbException exception) when (engine.Classify(exception) is SqlFailure.Lost or SqlFailure.Full)
        {
            lease.Broken = true;
            throw engine.Unavailable(exception, duringCommit: false);
        }
    }

    /// <summary>
    /// A page of a tenant's rows, newest first by id. <paramref name="select"/> ends before its WHERE; a filter is the beginning of a
    /// condition (<c>"kind = "</c>) and the value that completes it, left out when the value is null.
    /// </summary>
    public async ValueTask<Page<T>> PageByIdAsync<T>(
        string select,
        TenantId tenant,
        PageRequest page,
        Func<SqlRow, T> read,
        Func<T, string> id,
        CancellationToken cancellationToken,
        params (string Condition, string? Value)[] filters)
    {
        List<SqlValue> values = [tenant, page.Limit + 1];
        var sql = $"{select} WHERE tenant = $1";
        foreach (var (condition, value) in filters.Append(("id < ", PageCursor.Read(page))))
        {
            if (value is not null)
            {
                values.Add(value);
                sql += $" AND {condition}${values.Count}";
            }
        }

        var rows = await AllAsync($"{sql} ORDER BY id DESC LIMIT $2", read, [.. values], cancellationToken);
        return PageCursor.Cut(rows, page, id);
    }

    private async ValueTask<SqlLease> RentAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await engine.RentAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw engine.Unavailable(exception, duringCommit: false);
        }
    }
}
