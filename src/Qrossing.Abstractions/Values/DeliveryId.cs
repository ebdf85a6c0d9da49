namespace Qrossing.Abstractions.Values;

/// <summary>Identifies a delivery of one event to one subscription: <c>dlv_</c> and 26 Crockford base32 characters.</summary>
/// <param name="Text">The whole text form.</param>
public readonly record struct DeliveryId(string Text) : ITypedId<DeliveryId>
{
    /// <inheritdoc/>
    public static string Prefix => "dlv_";

    /// <inheritdoc/>
    public static DeliveryId FromText(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
