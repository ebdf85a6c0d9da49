using Polly;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors.Resilience;

/// <summary>The first two stages of a connection's pipelines, shared by all of them: rate limit, then bulkhead with a bounded queue.</summary>
internal sealed class AdmissionPolicy(ResilienceOptions options, TimeProvider clock) : ResilienceStrategy<Fault?>, IDisposable
{
    private readonly TokenBucket? _rate = options.CallsPerSecond is { } rate ? new TokenBucket(rate, options.Burst, clock) : null;
    private readonly SemaphoreSlim _places = new(options.MaxConcurrency);
    private int _waiting;

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    /// <inheritdoc/>
    protected override async ValueTask<Outcome<Fault?>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<Fault?>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            if (await RefusedAsync(context.CancellationToken) is { } refusal)
            {
                return Outcome.FromResult<Fault?>(refusal);
            }
        }
        catch (OperationCanceledException canceled)
        {
            return Outcome.FromException<Fault?>(canceled);
        }

        try
        {
            return await callback(context, state);
        }
        finally
        {
            _places.Release();
        }
    }

    private async ValueTask<Fault?> RefusedAsync(CancellationToken cancellationToken)
    {
        if (_rate is not null)
        {
            if (_rate.Take(options.QueueTimeout) is not { } wait)
            {
                return CallFaults.NotCalled(ConnectorErrors.RateLimited.Code, options.QueueTimeout);
            }

            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }
        }

        return await _places.WaitAsync(TimeSpan.Zero, cancellationToken) || await WaitAsync(cancellationToken)
            ? null
            : CallFaults.NotCalled(ConnectorErrors.Overloaded.Code, options.QueueTimeout);
    }

    private async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > options.MaxQueue)
            {
                return false;
            }

            using var late = new CancellationTokenSource(options.QueueTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
            try
            {
                await _places.WaitAsync(either.Token);
                return true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
