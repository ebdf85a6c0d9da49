using Qrossing.Abstractions.Values;
using Qrossing.Core.Events;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>
/// Sends the events of one subscription, round by round: 1. read new events and what is due; 2. send, tracks side by side, each in order;
/// 3. store all results and the cursor in one unit; 4. wait. What it keeps in memory it can read again at any time.
/// </summary>
internal sealed class DeliveryLane(DeliveryEngine engine, TenantId tenant, SubscriptionId id)
{
    /// <summary>New events of one round.</summary>
    private const int NewPerRound = 100;

    /// <summary>Tracks of one round that had waited.</summary>
    private const int DuePerRound = 64;

    /// <summary>With so many waiting no new events are read: the log keeps them better than we do.</summary>
    private const int MaxWaiting = 10_000;

    /// <summary>A cursor that moved over so many positions without a match is stored for itself.</summary>
    private const int IdleCursor = 1_000;

    private const int LoadPage = 500;

    /// <summary>The longest pause while the endpoint answers nothing.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly DeliveryTracks _tracks = new();
    private readonly RepeatedTrouble _trouble = new(engine.Clock);
    private TaskCompletionSource _wake = NewWake();
    private bool _isStale = true;
    private bool _hasEnded;

    private Subscription? _subscription;
    private DeliveryEndpoint? _endpoint;
    private EventFilter _filter = EventFilter.All;
    private long _read;
    private long _stored;
    private DateTimeOffset? _failingSince;
    private int _brokenRounds;
    private DateTimeOffset _pausedUntil;

    /// <summary>Asks the lane to read everything again. False when it has ended and a new one is needed.</summary>
    public bool TryRefresh()
    {
        lock (_gate)
        {
            _isStale = true;
            _wake.TrySetResult();
            return !_hasEnded;
        }
    }

    /// <summary>Runs until the subscription is gone or disabled, or the process stops.</summary>
    /// <param name="stopping">No new attempt begins after it.</param>
    /// <param name="abort">Ends attempts under way.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (TakeStale() && !await LoadAsync(stopping))
                {
                    if (TryEnd())
                    {
                        return;
                    }

                    continue;
                }

                var hadWork = await RunRoundAsync(stopping, abort);
                TellRecovery();
                if (!hadWork)
                {
                    await WaitAsync(stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return; // what was not stored is read and sent again by whoever starts next
            }
            catch (Exception exception)
            {
                // A lane stands for one customer's endpoint: its trouble must not end the others'. It begins again from what is stored.
                Tell(exception);
                DeliveryTelemetry.LaneFailed();
                Invalidate();
                await Task.Delay(PauseAfterFault, engine.Clock, CancellationToken.None);
            }
        }
    }

    private void Tell(Exception exception)
    {
        switch (_trouble.Failed())
        {
            case 0:
                Log.LaneFailed(engine.Log, exception, id.Text);
                break;
            case { } count:
                Log.LaneStillFails(engine.Log, id.Text, count);
                break;
        }
    }

    private void TellRecovery()
    {
        if (_trouble.Over() is { } count)
        {
            Log.LaneRecovered(engine.Log, id.Text, count);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        _tracks.Clear();
        var subscription = await engine.Store.GetAsync(tenant, id, cancellationToken);
        if (subscription is not { Status: SubscriptionStatus.Active })
        {
            return false;
        }

        _subscription = subscription;
        _endpoint = new DeliveryEndpoint(subscription, engine.Secrets);
        _filter = new EventFilter(subscription.Types);
        _failingSince = subscription.FailingSince;
        _read = _stored = subscription.Cursor;
        _brokenRounds = 0;
        _pausedUntil = default; // whoever changed something expects an attempt

        var after = 0L;
        IReadOnlyList<Delivery> page;
        do
        {
            page = await engine.Store.ListWaitingAsync(tenant, id, after, LoadPage, cancellationToken);
            foreach (var delivery in page)
            {
                _tracks.Of(delivery).Load(delivery);
                after = delivery.Position;
            }
        }
        while (page.Count == LoadPage);
        return true;
    }

    /// <summary>Whether there was anything to do.</summary>
    private async Task<bool> RunRoundAsync(CancellationToken stopping, CancellationToken abort)
    {
        var now = engine.Clock.GetUtcNow();
        if (now < _pausedUntil)
        {
            return false;
        }

        if (_tracks.Waiting < MaxWaiting)
        {
            await ReadNewAsync(now, stopping);
        }

        if (IsStale())
        {
            return true; // an event may be younger than a change we have not read: nothing of this round counts
        }

        var due = _tracks.TakeDue(now, DuePerRound + NewPerRound);
        var width = _brokenRounds == 0 ? engine.Options.Parallel : 1; // after a broken round one probe goes first
        var round = new DeliveryRound(_failingSince, width);
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = CancellationToken.None },
            async (track, _) => await SendOrSkipAsync(track, round, stopping, abort));
        Pause(round);

        var changes = _tracks.TakeChanges();
        if (changes.Count == 0 && _read - _stored < IdleCursor)
        {
            return due.Count > 0;
        }

        _failingSince = round.FailingSince;
        var isOver = await engine.CommitAsync(_subscription!, _read, changes, round);
        _stored = _read;
        if (isOver)
        {
            Invalidate();
        }

        return true;
    }

    private async Task ReadNewAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The head is taken before the read: everything up to it is committed and therefore in the page, or did not match.
        var seen = engine.Head.Position;
        var page = await engine.Events.ReadAsync(tenant, _read, NewPerRound, _filter, cancellationToken);
        foreach (var logEvent in page)
        {
            var delivery = DeliveryIds.NewDelivery(_subscription!, logEvent, now);
            _tracks.Of(delivery).Add(new DeliveryItem(delivery, logEvent));
            _read = logEvent.Position;
        }

        if (page.Count < NewPerRound)
        {
            _read = Math.Max(_read, seen);
        }
    }

    private async ValueTask SendOrSkipAsync(DeliveryTrack track, DeliveryRound round, CancellationToken stopping, CancellationToken abort)
    {
        while (track.Count > 0 && track.Head.Delivery is var head && !_filter.Matches(head.EventType, null))
        {
            track.End(head with
            {
                Status = DeliveryStatus.Skipped,
                NextAttemptAt = null,
                Reason = DeliveryReasons.FilterChanged,
                UpdatedAt = engine.Clock.GetUtcNow(),
            });
        }

        if (track.Count > 0)
        {
            await engine.Sender.SendAsync(_endpoint!, track, round, stopping, abort);
        }
    }

    /// <summary>An endpoint that only fails is left alone for a while: the whole lane waits, and the log keeps what comes.</summary>
    private void Pause(DeliveryRound round)
    {
        if (round.Delivered > 0)
        {
            _brokenRounds = 0;
        }
        else if (round.IsOver)
        {
            var pause = engine.Policy.Delay(++_brokenRounds, null);
            _pausedUntil = engine.Clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
        }
    }

    /// <summary>Until the log grows, something is due, or somebody asks for a refresh.</summary>
    private async Task WaitAsync(CancellationToken stopping)
    {
        Task wake;
        lock (_gate)
        {
            wake = _wake.Task;
        }

        var now = engine.Clock.GetUtcNow();
        var isPaused = now < _pausedUntil;
        var next = isPaused ? _pausedUntil : _tracks.NextDue;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var delay = next is null ? Timeout.InfiniteTimeSpan : next > now ? next.Value - now : TimeSpan.Zero;
        var reasons = new List<Task> { wake, Task.Delay(delay, engine.Clock, waiting.Token) };
        if (!isPaused && _tracks.Waiting < MaxWaiting)
        {
            reasons.Add(engine.Head.WaitAsync(_read, waiting.Token));
        }

        await Task.WhenAny(reasons);
        await waiting.CancelAsync();
    }

    private bool TakeStale()
    {
        lock (_gate)
        {
            if (!_isStale)
            {
                return false;
            }

            _isStale = false;
            _wake = NewWake();
            return true;
        }
    }

    private bool IsStale()
    {
        lock (_gate)
        {
            return _isStale;
        }
    }

    private void Invalidate()
    {
        lock (_gate)
        {
            _isStale = true;
        }
    }

    private bool TryEnd()
    {
        lock (_gate)
        {
            return _hasEnded = !_isStale;
        }
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
