namespace Qrossing.Core.Webhooks.Sending;

/// <summary>What an attempt showed.</summary>
/// <param name="Status">The endpoint's HTTP status; null without an answer.</param>
/// <param name="Failure">Why there is no answer: a code of <see cref="DeliveryReasons"/>; null with one.</param>
/// <param name="RetryAfter">How long the endpoint asks us to wait.</param>
public sealed record DeliveryReply(int? Status, string? Failure = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether the endpoint took it.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}
