namespace Qrossing.Core.Connectors;

/// <summary>How a connection stands.</summary>
public enum ConnectionState
{
    /// <summary>It is used.</summary>
    Ready,

    /// <summary>The peer is there but refuses something: credentials, the wrong chain.</summary>
    Degraded,

    /// <summary>The peer is not there, or the connection's settings cannot be used.</summary>
    Unreachable,

    /// <summary>An operator switched it off.</summary>
    Disabled,

    /// <summary>The gateway stopped it: the peer refuses our credentials.</summary>
    Paused,

    /// <summary>An operation fails so often that the gateway rests before it tries again.</summary>
    CircuitOpen,
}
