using System.Diagnostics;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Peers;
using Qrossing.Core.Connectors.Running;

namespace Qrossing.Core.Connectors.Resilience;

/// <summary>One call on its way through a pipeline: what it may do, and what its failures mean.</summary>
internal abstract class Invocation(ConnectorInstance instance, string operation, ResilienceOptions options, TimeProvider clock)
{
    private const int MostDoublings = 16;

    // After its time-out an attempt may still tidy up; a connector that ignores its token is left behind then.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly long _start = clock.GetTimestamp();
    private int _attempts;

    /// <summary>The operation.</summary>
    public string Operation { get; } = operation;

    /// <summary>Whether the call may change the peer.</summary>
    public bool IsWrite => SendLimit is not null;

    /// <summary>A write's send-by.</summary>
    public SendLimit? SendLimit { get; init; }

    /// <summary>Keeps a write's caller from cancelling it once it started.</summary>
    public WriteGate? Gate { get; init; }

    /// <summary>The call's own limit instead of the host's.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>With all repeats.</summary>
    public TimeSpan TotalTimeout => Limit ?? options.TotalTimeout;

    /// <summary>One attempt.</summary>
    public TimeSpan AttemptTimeout => Limit ?? options.AttemptTimeout;

    /// <summary>The wait before the repeat that <see cref="PlanRepeat"/> allowed.</summary>
    public TimeSpan RepeatDelay { get; private set; }

    /// <summary>The instance that is called.</summary>
    protected ConnectorInstance Instance { get; } = instance;

    /// <summary>What was seen of the running or last attempt.</summary>
    protected CallEvidence Evidence { get; private set; } = new(null);

    /// <summary>One attempt: the connector's fault, null for success, or the exception of a cancellation.</summary>
    public async ValueTask<Outcome<Fault?>> AttemptAsync(CancellationToken cancellationToken)
    {
        if (Gate is not null && !Gate.TryStart())
        {
            return Outcome.FromResult<Fault?>(CallFaults.NotCalled(ConnectorErrors.Canceled.Code));
        }

        Evidence = new CallEvidence(SendLimit);
        _attempts++;
        using var span = Telemetry.Source.StartActivity($"attempt {Operation}");
        span?.SetTag(Telemetry.ConnectorAttempt, _attempts);
        var outcome = await OutcomeAsync(cancellationToken);
        if (outcome is not { Exception: null, Result: null })
        {
            span?.SetStatus(ActivityStatusCode.Error, outcome.Result?.Code ?? ConnectorErrors.Canceled.Code);
        }

        return outcome;
    }

    private async ValueTask<Outcome<Fault?>> OutcomeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Outcome.FromResult<Fault?>(await CallAsync(cancellationToken));
        }
        catch (OperationCanceledException canceled) when (cancellationToken.IsCancellationRequested)
        {
            return Outcome.FromException<Fault?>(canceled);
        }
        catch (OperationCanceledException)
        {
            return Outcome.FromResult<Fault?>(TimedOut()); // a time-out inside: of the connect, or the connector's own
        }
        catch (PeerNotCalledException refusal)
        {
            // What was begun before is not undone by what was refused after it.
            return Outcome.FromResult<Fault?>(IsWrite && Evidence.Close() ? refusal.Fault with { Kind = FaultKind.Indeterminate } : refusal.Fault);
        }
        catch (Exception bug)
        {
            Log.ConnectorThrew(Instance.Log, bug, Instance.Record.Id, Operation);
            return Outcome.FromResult<Fault?>(Fault.Of(IsWrite ? FaultKind.Indeterminate : FaultKind.Unavailable, ConnectorErrors.PeerException.Code, bug.GetType().Name));
        }
    }

    /// <summary>What an outcome means; null for success.</summary>
    public Fault? FaultOf(Outcome<Fault?> outcome) => outcome.Exception switch
    {
        null => outcome.Result is { } fault ? Corrected(fault) : null,
        TimeoutRejectedException => TimedOut(),
        BrokenCircuitException broken => CallFaults.NotCalled(ConnectorErrors.CircuitOpen.Code, broken.RetryAfter),
        OperationCanceledException => CallFaults.NotCalled(ConnectorErrors.Canceled.Code), // by the caller: of a read, or of a write that had not begun
        var bug => throw new InvalidOperationException("A resilience pipeline failed by itself.", bug),
    };

    /// <summary>
    /// Whether the call is repeated: reads after whatever may pass, writes only after what certainly did not happen; in time, and
    /// within the budget. Sets <see cref="RepeatDelay"/>.
    /// </summary>
    public bool PlanRepeat(Outcome<Fault?> outcome, int attempt, RetryBudget budget, double jitter)
    {
        if (FaultOf(outcome) is not { } fault || CallFaults.IsOwn(fault) || attempt + 1 >= options.MaxAttempts || !IsRepeatable(fault.Kind))
        {
            return false;
        }

        var backoff = options.RetryDelay * (1 << Math.Min(attempt, MostDoublings)) * jitter;
        var delay = fault.RetryAfter is { } asked && asked > backoff ? asked : backoff;
        if (delay >= TotalTimeout - clock.GetElapsedTime(_start) || delay >= SendLimit?.Left || !budget.TryWithdraw())
        {
            return false;
        }

        Telemetry.ConnectorRetries.Add(1, new(Telemetry.ConnectorKind, Instance.Record.Kind), new(Telemetry.ConnectorOperation, Operation));
        RepeatDelay = delay;
        return true;
    }

    /// <summary>Calls the capability and keeps its value.</summary>
    protected abstract ValueTask<Fault?> CallAsync(CancellationToken cancellationToken);

    /// <summary>When the running attempt ends at the latest.</summary>
    protected DateTimeOffset Deadline()
    {
        var total = TotalTimeout - clock.GetElapsedTime(_start);
        return clock.GetUtcNow() + (total < AttemptTimeout ? total : AttemptTimeout);
    }

    /// <summary>Awaits the connector, but not for ever. An attempt left behind keeps its instance and can begin nothing more at the peer.</summary>
    protected async ValueTask<T> BoundedAsync<T>(ValueTask<T> pending)
    {
        if (pending.IsCompleted)
        {
            return await pending;
        }

        var task = pending.AsTask();
        try
        {
            return await task.WaitAsync(AttemptTimeout + Grace, clock, CancellationToken.None);
        }
        catch (TimeoutException late) when (!task.IsCompleted)
        {
            Log.AttemptLeftBehind(Instance.Log, Instance.Record.Id, Operation);
            Instance.LeaveAfter(task);
            throw new OperationCanceledException("The connector ignored its token.", late);
        }
    }

    private bool IsRepeatable(FaultKind kind) =>
        kind == FaultKind.Unavailable || (!IsWrite && kind is FaultKind.RateLimited or FaultKind.Indeterminate);

    // A time-out says nothing about the peer; the first byte does. Closing makes the answer stay true.
    private Fault TimedOut() =>
        Fault.Of(IsWrite && Evidence.Close() ? FaultKind.Indeterminate : FaultKind.Unavailable, ConnectorErrors.PeerTimeout.Code);

    private Fault Corrected(Fault fault) =>
        IsWrite && fault.Kind == FaultKind.Indeterminate && fault.Code == ConnectorErrors.PeerTimeout.Code ? TimedOut() with { PeerText = fault.PeerText } : fault;
}
