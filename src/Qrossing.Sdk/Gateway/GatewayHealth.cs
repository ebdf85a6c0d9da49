using System.Text.Json;

namespace Qrossing.Sdk.Gateway;

/// <summary>How the gateway is.</summary>
public sealed record GatewayHealth
{
    /// <summary>Whether it is ready to work.</summary>
    public required bool IsReady { get; init; }

    /// <summary>What it says about each of its parts.</summary>
    public required JsonElement Details { get; init; }
}
