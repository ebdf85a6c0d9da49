namespace Qrossing.Abstractions.Values;

/// <summary>Identifies a caller: <c>cli_</c> and 26 Crockford base32 characters.</summary>
/// <param name="Text">The whole text form.</param>
public readonly record struct ClientId(string Text) : ITypedId<ClientId>
{
    /// <inheritdoc/>
    public static string Prefix => "cli_";

    /// <inheritdoc/>
    public static ClientId FromText(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
