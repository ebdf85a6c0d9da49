using System.ComponentModel.DataAnnotations;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Modules.AnarQ;

/// <summary>One AnarQ&amp;Q module. A change makes a new instance; calls under way end with the old one.</summary>
internal sealed record AnarQOptions : IValidatableObject
{
    /// <summary>The module's name in lower case: <c>squid</c>, <c>qonsent</c>, <c>qlock</c>, <c>qindex</c>, <c>qerberos</c>, <c>qmask</c>, <c>qwallet</c>, <c>qdrive</c>, <c>qpic</c>, <c>qmarket</c>, <c>qmail</c>, <c>qchat</c>, <c>qnet</c>, <c>dao</c>, <c>qflow</c> or a later one. It decides the defaults below and which capabilities the connection has. Required.</summary>
    [NamesPeer]
    [Required]
    [RegularExpression("[a-z][a-z0-9_-]{0,31}", MatchTimeoutInMilliseconds = 1000, ErrorMessage = "module is 1 to 32 of [a-z0-9_-], a letter first.")]
    public required string Module { get; init; }

    /// <summary>Scheme, host and port of the module, <c>http</c> or <c>https</c>, without query and credentials. Required: the modules' own defaults contradict each other.</summary>
    [NamesPeer]
    [Required]
    public required Uri BaseUrl { get; init; }

    /// <summary>Path in front of the module's own paths, for example <c>/api/qindex</c>. Default empty; else it starts with a slash and does not end with one.</summary>
    [NamesPeer]
    [RegularExpression("(/[A-Za-z0-9._~-]+)*", MatchTimeoutInMilliseconds = 1000, ErrorMessage = "prefix is empty or /segments without a slash at the end.")]
    public string Prefix { get; init; } = "";

    /// <summary>The envelope of the replies: <c>q</c>, <c>qindex</c>, <c>bare</c> or <c>monolith</c>. Default by module: qindex <c>qindex</c>, qflow <c>bare</c>, qmarket <c>monolith</c>, others <c>q</c>.</summary>
    [AllowedValues(null, "q", "qindex", "bare", "monolith")]
    public string? Dialect { get; init; }

    /// <summary>How the module writes identities: <c>uuid</c>, <c>squid_</c> or <c>did:squid:</c>. Default by module: squid <c>uuid</c>, qonsent and dao <c>did:squid:</c>, others <c>squid_</c>.</summary>
    [AllowedValues(null, "uuid", "squid_", "did:squid:")]
    public string? IdFormat { get; init; }

    /// <summary>How requests are signed: <c>none</c>, <c>backend-hash</c>, <c>squid-message</c>, <c>qchat-hmac</c> or <c>template-hash</c>, named after where the module's code verifies them. Default <c>none</c>.</summary>
    [AllowedValues("none", "backend-hash", "squid-message", "qchat-hmac", "template-hash")]
    public string Signer { get; init; } = "none";

    /// <summary>For <c>qchat-hmac</c> the shared secret, for <c>squid-message</c> the identity's public key (sQuid signs with no more than that). Not used by the others.</summary>
    public SecretRef? SignerSecret { get; init; }

    /// <summary>The identity as which the gateway calls, in any of the three formats. Required when <see cref="Signer"/> is not <c>none</c>.</summary>
    [StringLength(128)]
    public string? SquidId { get; init; }

    /// <summary>The sub-identity that goes along in <c>x-subid</c>. Default none.</summary>
    [StringLength(128)]
    public string? SubId { get; init; }

    /// <summary>How long one request may take. 10 ms to 2 minutes. Default none: only the gateway's own limits hold.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long after the last possible sending the module may still carry a request out, so that what it does not list counts as not done only afterwards. 0 to 7 days. Default: the gateway's attempt time-out and 40 s, 60 s in all. Shorter only where the module is known to drop what its caller gave up on.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? AbsenceHorizon { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
        {
            yield return new ValidationResult("baseUrl is an absolute http or https URL without query, fragment and credentials.", [nameof(BaseUrl)]);
        }

        if (SquidId is not null && !SquidIdentifier.TryParse(SquidId, out _))
        {
            yield return new ValidationResult("squidId is a UUID, squid_<id> or did:squid:<id>.", [nameof(SquidId)]);
        }

        if (Signer != "none" && SquidId is null)
        {
            yield return new ValidationResult($"signer {Signer} needs squidId.", [nameof(SquidId)]);
        }

        if (Signer is "squid-message" or "qchat-hmac" && SignerSecret is null)
        {
            yield return new ValidationResult($"signer {Signer} needs signerSecret.", [nameof(SignerSecret)]);
        }
    }
}
