using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qrossing.Core.Effects.Running;

/// <summary>Does what is due: a poller finds it in the database, consumers run it.</summary>
internal sealed class EffectWorker(
    EffectRunner runner,
    EffectQueue queue,
    IEffectStore store,
    Persistence.IDatabase database,
    TimeProvider clock,
    ILogger<EffectWorker> log) : BackgroundService
{
    /// <summary>Effects that are stepped at the same time in the background.</summary>
    private const int Consumers = 64;

    private const int BatchSize = 256;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var until = clock.GetUtcNow() + ShutdownPatience;
        while (runner.Running > 0 && clock.GetUtcNow() < until && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(ShortestPause, clock, CancellationToken.None);
        }

        if (runner.Running > 0)
        {
            EffectLog.Parked(log, runner.Running);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var totals = await store.TotalsAsync(clock.GetUtcNow(), stoppingToken);
        EffectLog.Resumed(log, totals.ByPhase.Values.Sum());
        var consumers = Enumerable.Range(0, Consumers).Select(_ => ConsumeAsync(stoppingToken)).ToArray();
        await Task.WhenAll([PollAsync(stoppingToken), .. consumers]);
    }

    private async Task PollAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var pause = LongestPause;
            try
            {
                pause = await RoundAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                EffectLog.RoundFailed(log, failure);
            }

            await Task.Delay(pause, clock, stopping).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        var due = await store.ListDueAsync(now, database.Epoch, BatchSize, stopping);
        queue.Offer(due.Where(effect => !runner.IsRunning(effect.Id)));
        if (due.Count == BatchSize)
        {
            return ShortestPause;
        }

        var next = await store.NextDueAsync(stopping) - now ?? LongestPause;
        return next < ShortestPause ? ShortestPause : next > LongestPause ? LongestPause : next;
    }

    private async Task ConsumeAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var (tenant, id) in queue.Due.ReadAllAsync(stopping))
            {
                if (!runner.TryClaim(id))
                {
                    continue;
                }

                await StepAsync(tenant, id, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The process stops: what is still queued is due in the database.
        }
    }

    private async Task StepAsync(Abstractions.Values.TenantId tenant, Abstractions.Values.EffectId id, CancellationToken stopping)
    {
        try
        {
            if (await store.GetAsync(tenant, id, stopping) is { } effect)
            {
                await runner.RunClaimedAsync(effect, fresh: false, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // As above.
        }
        catch (Exception failure)
        {
            EffectLog.StepFailed(log, failure, id.Text);
        }
        finally
        {
            runner.Release(id);
        }
    }
}
