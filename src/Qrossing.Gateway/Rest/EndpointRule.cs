namespace Qrossing.Gateway.Rest;

/// <summary>What an endpoint asks of a request before its handler runs; also what the reference page and the permission matrix are made from.</summary>
/// <param name="Permission">The permission, or null for the open paths that the contract lists.</param>
/// <param name="Body">What body it takes.</param>
public sealed record EndpointRule(string? Permission, BodyKind Body = BodyKind.None)
{
    /// <summary>Most bytes of a body. Default 1 MiB; null: no limit but the disk (objects).</summary>
    public long? MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Media types taken; empty with <see cref="BodyKind.Raw"/>: any.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = Body == BodyKind.Json ? ["application/json"] : [];

    /// <summary>Whether it causes an effect, so that <c>Idempotency-Key</c> and <c>Prefer: wait</c> count.</summary>
    public bool CausesEffect { get; init; }

    /// <summary>Whether <c>Idempotency-Key</c> must be given (money, signing, chain writes).</summary>
    public bool KeyRequired { get; init; }

    /// <summary>Whether <c>Prefer: wait</c> counts although no new effect begins (a probe).</summary>
    public bool Waits { get; init; }

    /// <summary>Whether the query is another system's and goes on as it is.</summary>
    public bool RelaysQuery { get; init; }

    /// <summary>What the reference page says about it.</summary>
    public required EndpointText Text { get; init; }
}
