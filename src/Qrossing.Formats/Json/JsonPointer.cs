namespace Qrossing.Formats.Json;

/// <summary>Text of RFC 6901 pointers.</summary>
public static class JsonPointer
{
    /// <summary>RFC 6901, section 3: "~" and "/" are escaped, "~" first.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
