namespace Qrossing.Abstractions.Values;

/// <summary>Identifies a managed wallet: <c>wal_</c> and 26 Crockford base32 characters.</summary>
/// <param name="Text">The whole text form.</param>
public readonly record struct WalletId(string Text) : ITypedId<WalletId>
{
    /// <inheritdoc/>
    public static string Prefix => "wal_";

    /// <inheritdoc/>
    public static WalletId FromText(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
