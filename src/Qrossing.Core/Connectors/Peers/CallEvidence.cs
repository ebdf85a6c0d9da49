using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors.Peers;

/// <summary>
/// What the host itself has seen of one attempt: whether anything that may change the peer has begun. Closed when the attempt is judged,
/// so that nothing can begin after "it did not happen" was said.
/// </summary>
/// <param name="limit">The send-by of a write; null for reads.</param>
internal sealed class CallEvidence(SendLimit? limit)
{
    private const int Untouched = 0;
    private const int Touched = 1;
    private const int Closed = 2;

    private int _state;

    /// <summary>Called immediately before a request's first byte leaves. Passes only in time and while the attempt is open.</summary>
    /// <exception cref="PeerNotCalledException">Nothing of this request was sent.</exception>
    public void BeginRequest()
    {
        limit?.Check();
        if (Interlocked.CompareExchange(ref _state, Touched, Untouched) == Closed)
        {
            throw new PeerNotCalledException(Fault.Of(FaultKind.Unavailable, ConnectorErrors.PeerTimeout.Code));
        }
    }

    /// <summary>Called before each step of a change that has several (files): what was begun in time may be finished.</summary>
    /// <exception cref="PeerNotCalledException">Nothing was begun, and now it must not be.</exception>
    public void BeginStep()
    {
        if (Volatile.Read(ref _state) != Touched)
        {
            BeginRequest();
        }
    }

    /// <summary>Ends the question; true when something had begun.</summary>
    public bool Close() => Interlocked.CompareExchange(ref _state, Closed, Untouched) == Touched;
}
