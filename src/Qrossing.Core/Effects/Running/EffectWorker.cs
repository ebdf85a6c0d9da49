using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects.Running;

/// <summary>Does what is due: a poller finds it in the database, the lanes of <see cref="EffectQueue"/> run it.</summary>
internal sealed class EffectWorker(
    EffectRunner runner,
    EffectRecorder recorder,
    EffectQueue queue,
    SendingGate gate,
    IEffectStore store,
    IDatabase database,
    TimeProvider clock,
    ILogger<EffectWorker> log) : BackgroundService
{
    private const int BatchSize = 256;
    private const int MostExceptions = 8;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await base.StopAsync(cancellationToken);
        var began = clock.GetTimestamp();
        while (runner.Running > 0 && clock.GetElapsedTime(began) < ShutdownPatience && !cancellationToken.IsCancellationRequested)
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
        queue.Open(effect => StepAsync(effect, stoppingToken));
        await PollAsync(stoppingToken);
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
        var full = queue.Saturated(MostExceptions);
        var due = await store.ListDueAsync(now, database.Epoch, full, BatchSize, stopping);
        foreach (var effect in due)
        {
            if (!runner.IsRunning(effect.Id))
            {
                queue.Offer(effect);
            }
        }

        if (!gate.IsOpen)
        {
            return LongestPause; // what may not be sent yet stays due
        }

        if (due.Count == BatchSize)
        {
            return ShortestPause;
        }

        var next = await store.NextDueAsync(full, stopping) - now ?? LongestPause;
        return next < ShortestPause ? ShortestPause : next > LongestPause ? LongestPause : next;
    }

    private async Task StepAsync(EffectHandle due, CancellationToken stopping)
    {
        if (!runner.TryClaim(due.Id))
        {
            return;
        }

        Effect? effect = null;
        try
        {
            effect = await store.GetAsync(due.Tenant, due.Id, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The process stops: it is due in the database.
        }
        catch (Exception failure)
        {
            EffectLog.StepFailed(log, failure, due.Id.Text);
        }

        if (effect is null)
        {
            runner.Release(due.Id); // the runner gives back what it was given
            return;
        }

        try
        {
            await runner.RunClaimedAsync(effect, fresh: false, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || database.OwnershipLost.IsCancellationRequested)
        {
            // As above.
        }
        catch (Exception failure)
        {
            EffectLog.StepFailed(log, failure, due.Id.Text);
            await PutOffAsync(effect);
        }
    }

    /// <summary>A step that fails by a bug is not taken again at once: its peer would be asked in a loop.</summary>
    private async Task PutOffAsync(Effect effect)
    {
        try
        {
            await recorder.PostponeAsync(effect, EffectErrors.StepFailed.Code);
        }
        catch (Exception failure)
        {
            EffectLog.StepFailed(log, failure, effect.Id.Text);
        }
    }
}
