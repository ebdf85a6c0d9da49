namespace Qrossing.Core.Webhooks;

/// <summary>How the deliveries stand.</summary>
public sealed record DeliveryTotals(long Waiting, long Dead, long LargestLag);
