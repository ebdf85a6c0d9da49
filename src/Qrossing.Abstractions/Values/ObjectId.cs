namespace Qrossing.Abstractions.Values;

/// <summary>Identifies a stored object: <c>obj_</c> and 26 Crockford base32 characters.</summary>
/// <param name="Text">The whole text form.</param>
public readonly record struct ObjectId(string Text) : ITypedId<ObjectId>
{
    /// <inheritdoc/>
    public static string Prefix => "obj_";

    /// <inheritdoc/>
    public static ObjectId FromText(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
