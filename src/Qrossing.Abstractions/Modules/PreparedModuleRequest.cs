namespace Qrossing.Abstractions.Modules;

/// <summary>A request as it goes to the module: with the standard headers, and signed where the connection signs.</summary>
public sealed record PreparedModuleRequest
{
    /// <summary>Where to.</summary>
    public required Uri Target { get; init; }

    /// <summary>Every header but those of the connection and of the message's framing.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as the signature covers it; the request's own where none does.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
