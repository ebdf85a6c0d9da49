namespace Qrossing.Abstractions.Values;

/// <summary>An identifier whose text form is a fixed prefix and 26 Crockford base32 characters (lower case) of a UUIDv7.</summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface ITypedId<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    /// <summary>The prefix with its underscore, for example <c>eff_</c>.</summary>
    static abstract string Prefix { get; }

    /// <summary>The whole text form.</summary>
    string Text { get; }

    /// <summary>Wraps a text that was already checked.</summary>
    static abstract TSelf FromText(string text);
}
