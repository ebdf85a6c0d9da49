namespace Qrossing.Abstractions.Blockchain;

/// <summary>Where a transaction stands.</summary>
public sealed record TransactionStatus
{
    /// <summary>The hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Where it stands.</summary>
    public required TransactionState State { get; init; }

    /// <summary>The block that holds it, once mined.</summary>
    public long? Block { get; init; }

    /// <summary>That block's hash.</summary>
    public string? BlockHash { get; init; }

    /// <summary>Blocks on top of its block, its own included; 0 while pending.</summary>
    public long Confirmations { get; init; }

    /// <summary>Whether <see cref="Confirmations"/> reaches what the connection asks for as final.</summary>
    public bool Final { get; init; }

    /// <summary>Gas used, digits.</summary>
    public string? GasUsed { get; init; }

    /// <summary>Fee paid in native base units, digits.</summary>
    public string? Fee { get; init; }
}
