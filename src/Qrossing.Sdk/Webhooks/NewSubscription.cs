namespace Qrossing.Sdk.Webhooks;

/// <summary>A subscription to be made.</summary>
public sealed record NewSubscription
{
    /// <summary>The endpoint: http or https, at an address that the gateway may call (<c>egress.refused</c> otherwise).</summary>
    public required string Url { get; init; }

    /// <summary>Type patterns: exact, <c>x.*</c> or <c>*</c>; at least one.</summary>
    public required IReadOnlyList<string> Types { get; init; }
}
