using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Effects;

namespace Qrossing.Core.Connectors.Peers;

/// <summary>The instant after which no first byte of a write leaves, on the monotonic clock: a step of the wall clock moves it neither way.</summary>
internal sealed class SendLimit
{
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly TimeSpan _left;

    /// <summary>Fixes the limit now.</summary>
    public SendLimit(TimeProvider clock, DateTimeOffset sendBy)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _left = sendBy - clock.GetUtcNow();
    }

    /// <summary>What is left; negative when it has passed.</summary>
    public TimeSpan Left => _left - _clock.GetElapsedTime(_start);

    /// <summary>Throws when it has passed.</summary>
    /// <exception cref="PeerNotCalledException">Nothing was sent.</exception>
    public void Check()
    {
        if (Left <= TimeSpan.Zero)
        {
            throw new PeerNotCalledException(Fault.Of(FaultKind.Unavailable, EffectErrors.SendByPassed.Code));
        }
    }
}
