using System.Collections.Concurrent;
using System.Security.Cryptography;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors.Resilience;

/// <summary>
/// A connection's pipelines, one per operation and direction, outermost first: rate limit, bulkhead, total time-out, retry, circuit,
/// attempt time-out. Rate, places and the retry budget belong to the connection; the circuit to the operation. Faults are values on
/// the whole way: a pipeline's result is the fault, null for success.
/// </summary>
internal sealed class InstanceResilience(ResilienceOptions options, TimeProvider clock) : IDisposable
{
    private static readonly ResiliencePropertyKey<Invocation> InvocationKey = new("qrossing.invocation");

    private readonly AdmissionPolicy _admission = new(options, clock);
    private readonly ConcurrentDictionary<(string Operation, bool IsWrite), Lazy<Lane>> _lanes = new();
    private readonly RetryBudget _budget = new(options.RetryShare);

    /// <summary>Circuits of the operations used so far.</summary>
    public IEnumerable<Circuit> Circuits => _lanes.Values.Select(lane => lane.Value.Circuit);

    /// <summary>Runs an invocation; null for success.</summary>
    public async ValueTask<Fault?> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        _budget.Deposit();
        var lane = _lanes.GetOrAdd((invocation.Operation, invocation.IsWrite), key => new Lazy<Lane>(() => MakeLane(key.Operation))).Value;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(InvocationKey, invocation);
        try
        {
            var outcome = await lane.Pipeline.ExecuteOutcomeAsync(
                static (context, invocation) => invocation.AttemptAsync(context.CancellationToken), context, invocation);
            return invocation.FaultOf(outcome);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _admission.Dispose();

    private Lane MakeLane(string operation)
    {
        var circuit = new Circuit(operation, clock);
        var builder = new ResiliencePipelineBuilder<Fault?> { TimeProvider = clock }
            .AddStrategy(_ => _admission)
            .AddTimeout(Timeout(static invocation => invocation.TotalTimeout));
        if (options.MaxAttempts > 1)
        {
            builder.AddRetry(Retry());
        }

        var pipeline = builder
            .AddCircuitBreaker(Breaker(circuit))
            .AddTimeout(Timeout(static invocation => invocation.AttemptTimeout))
            .Build();
        return new Lane(pipeline, circuit);
    }

    private RetryStrategyOptions<Fault?> Retry() => new()
    {
        MaxRetryAttempts = options.MaxAttempts - 1,
        ShouldHandle = args => ValueTask.FromResult(Of(args.Context).PlanRepeat(args.Outcome, args.AttemptNumber, _budget, Jitter())),
        DelayGenerator = static args => ValueTask.FromResult<TimeSpan?>(Of(args.Context).RepeatDelay),
    };

    private CircuitBreakerStrategyOptions<Fault?> Breaker(Circuit circuit) => new()
    {
        FailureRatio = options.CircuitFailureRatio,
        MinimumThroughput = options.CircuitMinimumCalls,
        SamplingDuration = options.CircuitWindow,
        BreakDuration = options.CircuitBreak,
        StateProvider = circuit.Provider,
        ShouldHandle = static args => ValueTask.FromResult(Of(args.Context).FaultOf(args.Outcome) is { } fault && CallFaults.SpeaksAgainstPeer(fault)),
        OnOpened = _ => NotedAsync(circuit),
        OnClosed = _ => NotedAsync(circuit),
        OnHalfOpened = _ => NotedAsync(circuit),
    };

    private static TimeoutStrategyOptions Timeout(Func<Invocation, TimeSpan> limit) => new()
    {
        TimeoutGenerator = args => ValueTask.FromResult(limit(Of(args.Context))),
    };

    private static Invocation Of(ResilienceContext context) => context.Properties.GetValue(InvocationKey, null!);

    private static ValueTask NotedAsync(Circuit circuit)
    {
        circuit.Changed();
        return ValueTask.CompletedTask;
    }

    // 0.5 to 1 of the wait: callers that failed together do not come back together.
    private static double Jitter() => 0.5 + (RandomNumberGenerator.GetInt32(1_000) / 2_000.0);

    private sealed record Lane(ResiliencePipeline<Fault?> Pipeline, Circuit Circuit);
}
