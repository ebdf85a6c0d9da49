using System.Globalization;
using System.Text;

namespace Qrossing.Sdk.Transport;

/// <summary>A path below the base URL with its query; everything variable is escaped.</summary>
internal sealed class RequestPath(string path)
{
    private readonly StringBuilder _path = new(path);
    private char _separator = '?';

    /// <summary>One more segment.</summary>
    public RequestPath Then(string segment)
    {
        ArgumentException.ThrowIfNullOrEmpty(segment);
        _path.Append('/').Append(Escape(segment));
        return this;
    }

    /// <summary>Segments that the caller's text separates by slashes.</summary>
    public RequestPath ThenAll(string segments)
    {
        ArgumentException.ThrowIfNullOrEmpty(segments);
        _path.Append('/').AppendJoin('/', segments.Split('/').Select(Escape));
        return this;
    }

    /// <summary>A query parameter; null leaves it out.</summary>
    public RequestPath With(string name, string? value)
    {
        if (value is not null)
        {
            _path.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _separator = '&';
        }

        return this;
    }

    /// <summary>A number as query parameter; null leaves it out.</summary>
    public RequestPath With(string name, int? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>The absolute address.</summary>
    public Uri Below(Uri baseUrl) => new(baseUrl.AbsoluteUri.TrimEnd('/') + _path);

    // A client that reads "." or ".." as a segment would leave the path: escaping them does not help (RFC 3986 section 6.2.2.2), so they are no valid id.
    private static string Escape(string segment) => segment is "." or ".."
        ? throw new ArgumentException($"'{segment}' cannot be a part of a path.", nameof(segment))
        : Uri.EscapeDataString(segment);
}
