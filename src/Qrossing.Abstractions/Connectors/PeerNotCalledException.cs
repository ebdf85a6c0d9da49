namespace Qrossing.Abstractions.Connectors;

/// <summary>Thrown by the host's own handlers below <see cref="ConnectorCall.Http"/> before any byte left (egress rule, send-by passed). Carries the fault.</summary>
public sealed class PeerNotCalledException : IOException
{
    /// <summary>Makes the exception.</summary>
    public PeerNotCalledException(Fault fault)
        : base(fault.Code) => Fault = fault;

    /// <summary>Makes the exception.</summary>
    public PeerNotCalledException()
        : this(Fault.Of(FaultKind.Unavailable, "peer.not_called"))
    {
    }

    /// <summary>Makes the exception.</summary>
    public PeerNotCalledException(string message)
        : this(Fault.Of(FaultKind.Unavailable, "peer.not_called", message))
    {
    }

    /// <summary>Makes the exception.</summary>
    public PeerNotCalledException(string message, Exception innerException)
        : base(message, innerException) => Fault = Fault.Of(FaultKind.Unavailable, "peer.not_called", message);

    /// <summary>Why; always of a kind that did not happen.</summary>
    public Fault Fault { get; }
}
