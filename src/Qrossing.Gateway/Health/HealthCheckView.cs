namespace Qrossing.Gateway.Health;

/// <summary>One thing that was looked at.</summary>
internal sealed record HealthCheckView
{
    /// <summary>Whether it is as it should be.</summary>
    public required bool Ok { get; init; }

    /// <summary>What is wrong.</summary>
    public string? Because { get; init; }

    /// <summary>The view of a finding; null: nothing is wrong.</summary>
    public static HealthCheckView Of(string? wrong) => new() { Ok = wrong is null, Because = wrong };
}
