
namespace Qrossing.Gateway;

/// <summary>The section <c>Gateway</c>: the HTTP front. Read once at start.</summary>
public sealed record GatewayOptions
{
    /// <summary>Browsers of other origins.</summary>
    public CorsOptions Cors { get; init; } = new();

    /// <summary>What one connection or request may take.</summary>
    public LimitOptions Limits { get; init; } = new();
}

