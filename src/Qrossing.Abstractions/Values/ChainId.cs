namespace Qrossing.Abstractions.Values;

/// <summary>A blockchain by its CAIP-2 id, for example <c>eip155:1</c>.</summary>
/// <param name="Namespace">3 to 8 characters of <c>[-a-z0-9]</c>.</param>
/// <param name="Reference">1 to 32 characters of <c>[-_a-zA-Z0-9]</c>.</param>
public readonly record struct ChainId(string Namespace, string Reference)
{
    /// <summary>Reads a CAIP-2 id; false when the form is wrong.</summary>
    public static bool TryParse(string? text, out ChainId chain)
    {
        chain = default;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (text is null || colon is < 3 or > 8 || text.Length - colon - 1 is < 1 or > 32)
        {
            return false;
        }

        var ns = text[..colon];
        var reference = text[(colon + 1)..];
        if (ns.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-") >= 0
            || reference.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") >= 0)
        {
            return false;
        }

        chain = new ChainId(ns, reference);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}:{Reference}";
}
