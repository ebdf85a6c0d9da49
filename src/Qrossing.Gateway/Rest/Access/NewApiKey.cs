using System.ComponentModel.DataAnnotations;

namespace Qrossing.Gateway.Rest.Access;

/// <summary>An API key to be made.</summary>
internal sealed record NewApiKey
{
    /// <summary>For people, 1 to 100 characters.</summary>
    [StringLength(100, MinimumLength = 1, ErrorMessage = "Must have 1 to 100 characters.")]
    public required string Name { get; init; }

    /// <summary>1 to 50 scopes <c>area:verb</c>, or <c>*</c>; none that the maker does not hold.</summary>
    [Length(1, 50, ErrorMessage = "Must have 1 to 50 scopes.")]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary><c>live</c> (the default of an administrator; others make keys of their own environment) reaches live connections, <c>test</c> sandbox ones, an operator's own name both; 1 to 16 of <c>[a-z0-9]</c>.</summary>
    [RegularExpression("[a-z0-9]{1,16}", ErrorMessage = "Must be 1 to 16 lower-case letters and digits.")]
    public string? Environment { get; init; }

    /// <summary>When it ends; default never. Not after its maker's own end, unless that is an administrator.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary><c>cli_...</c>: the client it speaks for; default a new one; one that exists already only for an administrator or the maker's own. Idempotency keys belong to the client, so that a rotated key keeps them.</summary>
    public string? Client { get; init; }
}
