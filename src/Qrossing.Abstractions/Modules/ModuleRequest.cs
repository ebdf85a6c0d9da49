namespace Qrossing.Abstractions.Modules;

/// <summary>A request for a module.</summary>
public sealed record ModuleRequest
{
    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query behind the module's prefix, starting with a slash.</summary>
    public required string PathAndQuery { get; init; }

    /// <summary>End-to-end headers that go along; credentials of the caller never do.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as received.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
