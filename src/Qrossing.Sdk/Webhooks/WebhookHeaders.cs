namespace Qrossing.Sdk.Webhooks;

/// <summary>The headers of a webhook that its signature covers, as received.</summary>
public sealed record WebhookHeaders
{
    /// <summary><c>webhook-id</c>: the same on every repeat, so what was handled is recognised by it.</summary>
    public required string? Id { get; init; }

    /// <summary><c>webhook-timestamp</c>: seconds since 1970.</summary>
    public required string? Timestamp { get; init; }

    /// <summary><c>webhook-signature</c>: one or more, separated by spaces.</summary>
    public required string? Signature { get; init; }
}
