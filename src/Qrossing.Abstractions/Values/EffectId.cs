namespace Qrossing.Abstractions.Values;

/// <summary>Identifies an effect in the ledger: <c>eff_</c> and 26 Crockford base32 characters.</summary>
/// <param name="Text">The whole text form.</param>
public readonly record struct EffectId(string Text) : ITypedId<EffectId>
{
    /// <inheritdoc/>
    public static string Prefix => "eff_";

    /// <inheritdoc/>
    public static EffectId FromText(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
