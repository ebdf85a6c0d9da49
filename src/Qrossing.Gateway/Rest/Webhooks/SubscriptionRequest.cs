namespace Qrossing.Gateway.Rest.Webhooks;

/// <summary>A subscription to be made.</summary>
internal sealed record SubscriptionRequest
{
    /// <summary>Absolute HTTPS URL, at most 2,048 characters; plain HTTP where the operator allows the host.</summary>
    public required string Url { get; init; }

    /// <summary>1 to 50 patterns: an exact type, <c>x.*</c> or <c>*</c>.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary><c>now</c> (default), <c>beginning</c>, or a position of the log: events after it are sent.</summary>
    public string? From { get; init; }
}
