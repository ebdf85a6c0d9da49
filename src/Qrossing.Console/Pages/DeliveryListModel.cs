using Qrossing.Sdk;
using Qrossing.Sdk.Webhooks;

namespace Qrossing.Console.Pages;

/// <summary>A list of deliveries.</summary>
public sealed record DeliveryListModel
{
    /// <summary>What it was narrowed by.</summary>
    public required DeliveryFilter Filter { get; init; }

    /// <summary>The deliveries.</summary>
    public required Page<Delivery> Deliveries { get; init; }

    /// <summary>What the operator just had done.</summary>
    public string? Done { get; init; }
}
