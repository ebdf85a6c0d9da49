namespace Qrossing.Gateway.Rest.Webhooks;

/// <summary>What to change about a subscription; what is absent stays.</summary>
internal sealed record SubscriptionPatch
{
    /// <summary>As when it was made. What waits goes to the new URL.</summary>
    public string? Url { get; init; }

    /// <summary>As when it was made. What waits and no longer matches is skipped.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary><c>active</c> or <c>disabled</c>. Nothing is lost while disabled.</summary>
    public string? Status { get; init; }
}
