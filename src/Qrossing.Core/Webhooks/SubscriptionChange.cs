namespace Qrossing.Core.Webhooks;

/// <summary>What to change about a subscription; null leaves a member as it is.</summary>
/// <param name="Url">As in <see cref="NewSubscription"/>. Deliveries that wait go to the new URL.</param>
/// <param name="Types">As in <see cref="NewSubscription"/>. Deliveries that wait and no longer match are skipped.</param>
/// <param name="Status"><c>active</c> or <c>disabled</c>. Nothing is lost while disabled: sending goes on where it stopped.</param>
public sealed record SubscriptionChange(string? Url = null, IReadOnlyList<string>? Types = null, string? Status = null);
