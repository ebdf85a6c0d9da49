namespace Qrossing.Sdk.Gateway;

/// <summary>Whether the gateway rests before it uses an operation of a connection again.</summary>
public sealed record ConnectionCircuit
{
    /// <summary>The operation.</summary>
    public required string Operation { get; init; }

    /// <summary><c>closed</c> (used), <c>open</c> (resting), <c>half_open</c> (tried once) or a newer word.</summary>
    public required string State { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; init; }
}
