namespace Qrossing.Connectors.Blockchain.Evm.Rpc;

/// <summary>What was asked for, or null when the node has no such thing.</summary>
/// <param name="Value">The thing.</param>
internal sealed record Maybe<T>(T? Value)
    where T : class;
