namespace Qrossing.Abstractions.Values;

/// <summary>Identifies an API key: <c>key_</c> and 26 Crockford base32 characters.</summary>
/// <param name="Text">The whole text form.</param>
public readonly record struct ApiKeyId(string Text) : ITypedId<ApiKeyId>
{
    /// <inheritdoc/>
    public static string Prefix => "key_";

    /// <inheritdoc/>
    public static ApiKeyId FromText(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
