using System.Globalization;
using Npgsql;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;

namespace Qrossing.Data.PostgreSql;

/// <summary>The lease of <c>log_head</c>: taking it from nobody, from an owner who released it, or from one who stopped renewing it.</summary>
internal static class PostgreSqlLease
{
    /// <summary>How long an owner may be silent.</summary>
    private const int TtlSeconds = 5;

    /// <summary>The database's clock, not the transaction's start.</summary>
    private const string Now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    private static readonly string Until = string.Create(CultureInfo.InvariantCulture, $"{Now} + {TtlSeconds * 1_000_000}");

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    public static readonly string Renew = $"UPDATE log_head SET lease_until = {Until} WHERE id = 1 AND epoch = $1 RETURNING {Now}";

    public const string Release = "UPDATE log_head SET owner = NULL, lease_until = NULL WHERE id = 1 AND epoch = $1";

    private static readonly string Take =
        $"UPDATE log_head SET epoch = epoch + 1, owner = $1, lease_until = {Until} "
        + $"WHERE id = 1 AND (lease_until IS NULL OR lease_until <= {Now}) RETURNING epoch, {Now}";

    private const string Look = "SELECT owner, lease_until FROM log_head WHERE id = 1";

    /// <summary>Waits while a lease runs out; the new epoch and the database's time.</summary>
    /// <exception cref="StorageUnavailableException">The owner renewed its lease while we waited: it lives.</exception>
    public static async Task<(long Epoch, DateTimeOffset Now)> TakeAsync(NpgsqlDataSource source, string owner, TimeProvider clock, CancellationToken cancellationToken)
    {
        (string? Owner, long? Until)? seen = null;
        while (true)
        {
            await using (var take = source.CreateCommand(Take))
            {
                take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner });
                await using var taken = await take.ExecuteReaderAsync(cancellationToken);
                if (await taken.ReadAsync(cancellationToken))
                {
                    return (taken.GetInt64(0), Micros.ToTime(taken.GetInt64(1)));
                }
            }

            var held = await LookAsync(source, cancellationToken);
            if (seen is { } before && before != held && held.Until is not null)
            {
                throw new StorageUnavailableException($"The database is in use by {held.Owner}, which renews its lease.") { Code = "storage.not_owner" };
            }

            seen = held;
            await Task.Delay(LookEvery, clock, cancellationToken);
        }
    }

    private static async Task<(string? Owner, long? Until)> LookAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var look = source.CreateCommand(Look);
        await using var reader = await look.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (await reader.IsDBNullAsync(0, cancellationToken) ? null : reader.GetString(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetInt64(1))
            : throw new InvalidOperationException("The table log_head has lost its row.");
    }
}
