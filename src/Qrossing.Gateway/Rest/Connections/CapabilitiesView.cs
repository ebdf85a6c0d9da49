namespace Qrossing.Gateway.Rest.Connections;

/// <summary>What this gateway can do now, in business terms.</summary>
internal sealed record CapabilitiesView
{
    /// <summary>Chains, by CAIP-2 id.</summary>
    public required IReadOnlyList<CapabilityView> Chains { get; init; }

    /// <summary>Object stores.</summary>
    public required IReadOnlyList<CapabilityView> Storage { get; init; }

    /// <summary>AnarQ&amp;Q modules.</summary>
    public required IReadOnlyList<CapabilityView> Modules { get; init; }

    /// <summary>Described HTTP APIs.</summary>
    public required IReadOnlyList<CapabilityView> Apis { get; init; }

    /// <summary>Ways in for callers.</summary>
    public required IReadOnlyList<CapabilityView> Logins { get; init; }
}
