namespace Qrossing.Gateway.Rest.Webhooks;

/// <summary>What a replay put back.</summary>
internal sealed record ReplayView
{
    /// <summary>First position.</summary>
    public required string From { get; init; }

    /// <summary>Last position.</summary>
    public required string To { get; init; }

    /// <summary>How many deliveries wait again.</summary>
    public required int Deliveries { get; init; }
}
