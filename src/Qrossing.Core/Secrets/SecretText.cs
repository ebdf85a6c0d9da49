namespace Qrossing.Core.Secrets;

/// <summary>The forms of a secret's text.</summary>
public static class SecretText
{
    /// <summary>In front of the name of an environment variable.</summary>
    public const string Variable = "env:";

    /// <summary>In front of a path.</summary>
    public const string File = "file:";

    /// <summary>In front of an envelope under the key ring.</summary>
    public const string Sealed = "enc:";

    /// <summary>Whether the text says where the secret is (<c>env:</c>, <c>file:</c>); files and environment may hold nothing else.</summary>
    public static bool IsReference(string text) => Has(text, Variable) || Has(text, File);

    /// <summary>Whether the text is an envelope.</summary>
    public static bool IsSealed(string text) => Has(text, Sealed);

    private static bool Has(string text, string prefix) => text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal);
}
