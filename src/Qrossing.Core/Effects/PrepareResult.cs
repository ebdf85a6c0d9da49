namespace Qrossing.Core.Effects;

/// <summary>A prepared call, or why there is none.</summary>
public abstract record PrepareResult
{
    private PrepareResult()
    {
    }

    /// <summary>Ready to be sent.</summary>
    /// <param name="Prepared">The exact call in the operation's own encoding; secrets sealed. Null: the recorded request itself is the exact call, and is not stored twice.</param>
    /// <param name="PeerReference">What will name it at the peer; null: the effect's id.</param>
    public sealed record Ready(ReadOnlyMemory<byte>? Prepared, string? PeerReference = null) : PrepareResult;

    /// <summary>Cannot be sent: <see cref="Evidence.DidNotHappen"/> fails the effect, <see cref="Evidence.NotNow"/> leaves it recorded for later.</summary>
    public sealed record Refused(Evidence Evidence) : PrepareResult;
}
