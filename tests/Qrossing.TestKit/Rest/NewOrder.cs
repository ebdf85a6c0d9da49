using System.Text.Json.Serialization;

namespace Qrossing.TestKit.Rest;

/// <summary>Body of <c>POST /orders</c>.</summary>
internal sealed record NewOrder
{
    [JsonRequired]
    public string Reference { get; init; } = "";

    [JsonRequired]
    public string Item { get; init; } = "";

    [JsonRequired]
    public int Quantity { get; init; }
}
