using Microsoft.Extensions.Logging;
using Npgsql;
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
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    public PostgreSqlOwnership(NpgsqlDataSource source, long epoch, TimeProvider clock, ILogger log)
        : base(epoch)
    {
        _source = source;
        _clock = clock;
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
            await UpdateAsync(PostgreSqlLease.Release, CancellationToken.None);
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
                    if (await UpdateAsync(PostgreSqlLease.Renew, _stop.Token) == 0)
                    {
                        DataLog.OwnershipLost(_log);
                        DeclareLost();
                        return;
                    }
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

    private async Task<int> UpdateAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Epoch });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
