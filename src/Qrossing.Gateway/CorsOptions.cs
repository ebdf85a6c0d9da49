using System.ComponentModel.DataAnnotations;

namespace Qrossing.Gateway;

/// <summary>The section <c>Gateway:Cors</c>. Read once at start.</summary>
public sealed record CorsOptions : IValidatableObject
{
    /// <summary>
    /// Origins whose pages may call the API: <c>scheme://host</c> or <c>scheme://host:port</c> as browsers write them, for example
    /// <c>https://app.example.org</c>; no wildcard, no path, no slash at the end. Default none.
    /// </summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Origins.Where(static origin => !IsOrigin(origin)).Select(static origin =>
            new ValidationResult($"'{origin}' is not an origin: http(s)://host or http(s)://host:port in lower case, without wildcard, path and slash at the end.", [nameof(Origins)]));

    // RFC 6454 section 6.2: what a browser sends is this serialisation, and it is compared as text. The default port is left out of it.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && !text.Contains('*', StringComparison.Ordinal)
        && text == url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
