using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Webhooks;

/// <summary>Where events go.</summary>
public sealed record Subscription
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The id.</summary>
    public required SubscriptionId Id { get; init; }

    /// <summary>The endpoint.</summary>
    public required string Url { get; init; }

    /// <summary>Type patterns: exact, <c>x.*</c> or <c>*</c>.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary><c>active</c> or <c>disabled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is disabled.</summary>
    public string? StatusReason { get; init; }

    /// <summary>The signing secrets, newest first, sealed under the key ring (text envelopes); at most two are live.</summary>
    public required IReadOnlyList<string> SealedSecrets { get; init; }

    /// <summary>When the older secret stops being used; null with one secret.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>The last position that was handled: everything at or before it has a delivery record or did not match.</summary>
    public required long Cursor { get; init; }

    /// <summary>First failure of the current unbroken row of failures; null while the endpoint answers.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Who made it (client id).</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Guards updates of everything but the cursor.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
