using System.ComponentModel.DataAnnotations;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>How the API knows us: at most one of the members. None sends no credential.</summary>
internal sealed record CredentialOptions : IValidatableObject
{
    /// <summary>A key in a header or in the query.</summary>
    public ApiKeyOptions? ApiKey { get; init; }

    /// <summary>A bearer token (RFC 6750 section 2.1).</summary>
    public BearerOptions? Bearer { get; init; }

    /// <summary>User and password (RFC 7617).</summary>
    public BasicOptions? Basic { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (new object?[] { ApiKey, Bearer, Basic }.Count(credential => credential is not null) > 1)
        {
            yield return new ValidationResult("credentials has at most one of apiKey, bearer and basic.");
        }
    }
}

/// <summary>A key in a header or in the query.</summary>
internal sealed record ApiKeyOptions
{
    /// <summary><c>header</c> or <c>query</c>. Default <c>header</c>.</summary>
    [AllowedValues("header", "query")]
    public string In { get; init; } = "header";

    /// <summary>Name of the header or query parameter. Required.</summary>
    [Required]
    [RegularExpression("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}", MatchTimeoutInMilliseconds = 1000, ErrorMessage = "name is a token.")]
    public required string Name { get; init; }

    /// <summary>The key. Required.</summary>
    [Required]
    public required SecretRef Value { get; init; }
}

/// <summary>A bearer token.</summary>
internal sealed record BearerOptions
{
    /// <summary>The token. Required.</summary>
    [Required]
    public required SecretRef Token { get; init; }
}

/// <summary>User and password.</summary>
internal sealed record BasicOptions
{
    /// <summary>The user, without a colon. Required.</summary>
    [Required]
    [RegularExpression("[^:]{1,256}", MatchTimeoutInMilliseconds = 1000, ErrorMessage = "user is 1 to 256 characters without a colon.")]
    public required string User { get; init; }

    /// <summary>The password. Required.</summary>
    [Required]
    public required SecretRef Password { get; init; }
}
