using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qrossing.Core.Storage;

/// <summary>Sweeps the spool: at the start everything that no effect owns, later what has been abandoned for an hour.</summary>
internal sealed class SpoolWorker(Spool spool, TimeProvider clock, ILogger<SpoolWorker> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var before = clock.GetUtcNow(); // no upload of this process is older than its start
        do
        {
            try
            {
                await spool.SweepAsync(before, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                StorageLog.SweepFailed(log, failure);
            }

            before = clock.GetUtcNow() - Abandoned;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
