namespace Qrossing.Abstractions.Values;

/// <summary>Identifies a chain transaction: <c>txn_</c> and 26 Crockford base32 characters.</summary>
/// <param name="Text">The whole text form.</param>
public readonly record struct TransactionId(string Text) : ITypedId<TransactionId>
{
    /// <inheritdoc/>
    public static string Prefix => "txn_";

    /// <inheritdoc/>
    public static TransactionId FromText(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
