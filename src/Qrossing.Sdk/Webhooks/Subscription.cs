namespace Qrossing.Sdk.Webhooks;

/// <summary>Where events are sent.</summary>
public sealed record Subscription
{
    /// <summary><c>whs_...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The endpoint.</summary>
    public required string Url { get; init; }

    /// <summary>Type patterns: exact, <c>x.*</c> or <c>*</c>.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary><c>active</c>, <c>disabled</c> or a newer word.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is not active.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Position in the log up to which everything was handled.</summary>
    public string? Cursor { get; init; }

    /// <summary>Since when every delivery fails; null while the endpoint answers.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When the secret before this one stops signing; null with one secret.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The signing secret, <c>whsec_...</c>: in the answer to its creation only.</summary>
    public string? Secret { get; init; }
}
