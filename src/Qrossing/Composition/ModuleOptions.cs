using System.ComponentModel.DataAnnotations;

namespace Qrossing.Composition;

/// <summary>One entry of the section <c>Modules</c>. Applied at start; the connection it makes is managed by file.</summary>
internal sealed record ModuleOptions
{
    /// <summary>Scheme, host and port. No default: every module's own documents disagree about its port.</summary>
    [Required]
    public Uri? BaseUrl { get; init; }

    /// <summary>Path in front of the module's own paths. Default empty.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>The envelope it answers with. Default: by module.</summary>
    public string? Dialect { get; init; }

    /// <summary>How it writes identities: <c>uuid</c>, <c>squid_</c> or <c>did:squid:</c>. Default: by module.</summary>
    public string? IdFormat { get; init; }

    /// <summary>How requests to it are signed. Default: by module, mostly <c>none</c>.</summary>
    public string? Signer { get; init; }

    /// <summary>How long after the last possible sending the module may still carry a request out. Default: the attempt time-out and 40 s.</summary>
    public TimeSpan? AbsenceHorizon { get; init; }
}
