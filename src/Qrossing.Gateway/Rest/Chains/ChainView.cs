namespace Qrossing.Gateway.Rest.Chains;

/// <summary>A chain that has a connection.</summary>
internal sealed record ChainView
{
    /// <summary>CAIP-2.</summary>
    public required string Chain { get; init; }

    /// <summary>The connection that serves it.</summary>
    public required string Connection { get; init; }
}
