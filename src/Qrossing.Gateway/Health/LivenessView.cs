namespace Qrossing.Gateway.Health;

/// <summary>That the process runs.</summary>
internal sealed record LivenessView
{
    /// <summary><c>live</c>, <c>starting</c> or <c>started</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The build.</summary>
    public required string Version { get; init; }
}
