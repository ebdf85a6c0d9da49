namespace Qrossing.Abstractions.Modules;

/// <summary>How a module is reached.</summary>
public sealed record ModuleRoute
{
    /// <summary>Scheme, host, port and prefix; no trailing slash.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>How the module writes identities: <c>uuid</c>, <c>squid_</c> or <c>did:squid:</c>.</summary>
    public required string IdFormat { get; init; }

    /// <summary>The envelope the module answers with.</summary>
    public required string Dialect { get; init; }

    /// <summary>The outbound signature profile; <c>none</c> by default.</summary>
    public required string Signer { get; init; }

    /// <summary>Whether the signature covers the body, which must then be JSON and known before it is sent.</summary>
    public bool SignsBody { get; init; }
}
