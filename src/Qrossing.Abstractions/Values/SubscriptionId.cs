namespace Qrossing.Abstractions.Values;

/// <summary>Identifies a subscription: <c>whs_</c> and 26 Crockford base32 characters.</summary>
/// <param name="Text">The whole text form.</param>
public readonly record struct SubscriptionId(string Text) : ITypedId<SubscriptionId>
{
    /// <inheritdoc/>
    public static string Prefix => "whs_";

    /// <inheritdoc/>
    public static SubscriptionId FromText(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
