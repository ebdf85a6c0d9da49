using Qrossing.Core.Webhooks;

namespace Qrossing.Gateway.Rest.Webhooks;

/// <summary>A subscription: where events go.</summary>
internal sealed record SubscriptionView
{
    /// <summary><c>whs_...</c></summary>
    public required string Id { get; init; }

    /// <summary>The endpoint.</summary>
    public required string Url { get; init; }

    /// <summary>Type patterns: exact, <c>x.*</c> or <c>*</c>.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary><c>active</c> or <c>disabled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is disabled.</summary>
    public string? StatusReason { get; init; }

    /// <summary>The last position of the log that was handled.</summary>
    public required string Cursor { get; init; }

    /// <summary>First failure of the present unbroken row of failures.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when the secret before the present one signs too.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The signing secret (Standard Webhooks, <c>whsec_...</c>), in the answer that made it only.</summary>
    public string? Secret { get; init; }

    /// <summary>The view of a subscription.</summary>
    public static SubscriptionView Of(Subscription subscription) => new()
    {
        Id = subscription.Id.Text,
        Url = subscription.Url,
        Types = subscription.Types,
        Status = subscription.Status,
        StatusReason = subscription.StatusReason,
        Cursor = subscription.Cursor.ToString(),
        FailingSince = subscription.FailingSince,
        OldSecretUntil = subscription.OldSecretUntil,
        CreatedAt = subscription.CreatedAt,
    };
}
