using Microsoft.Extensions.Logging;
using Npgsql;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;

namespace Qrossing.Data.PostgreSql;

/// <summary>
/// Ownership on PostgreSQL: a lease in <c>log_head</c> on the database's clock, renewed every second. It only tells others that this
/// process lives; what fences is the epoch. A lease that could not be renewed for a while goes on when nobody took it over.
/// </summary>
internal sealed class PostgreSqlOwnership : SqlOwnership
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _clock;
    private readonly DatabaseClock? _databaseClock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    public PostgreSqlOwnership(NpgsqlDataSource source, long epoch, TimeProvider clock, DatabaseClock? databaseClock, ILogger log)
        : base(epoch)
    {
        _source = source;
        _clock = clock;
        _databaseClock = databaseClock;
        _log = log;
        _renewing = RenewAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
        try
        {
            await using var release = Command(PostgreSqlLease.Release);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            DataLog.LeaseNotReleased(_log, exception);
        }

        await base.DisposeAsync();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(RenewEvery, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    await using var renew = Command(PostgreSqlLease.Renew);
                    if (await renew.ExecuteScalarAsync(_stop.Token) is not long now)
                    {
                        DataLog.OwnershipLost(_log);
                        DeclareLost();
                        return;
                    }

                    _databaseClock?.Anchor(Micros.ToTime(now));
                }
                catch (NpgsqlException exception)
                {
                    DataLog.LeaseNotRenewed(_log, exception);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Closing.
        }
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = _source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Epoch });
        return command;
    }
}
