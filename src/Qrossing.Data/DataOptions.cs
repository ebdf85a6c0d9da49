using System.ComponentModel.DataAnnotations;

namespace Qrossing.Data;

/// <summary>Where the database is. Read at start only.</summary>
public sealed record DataOptions : IValidatableObject
{
    /// <summary><c>sqlite</c> (default) or <c>postgresql</c>.</summary>
    [RegularExpression("^(sqlite|postgresql)$", MatchTimeoutInMilliseconds = 1000)]
    public string Engine { get; init; } = "sqlite";

    /// <summary>The data directory (default <c>./data</c>). SQLite keeps <c>qrossing.db</c> and <c>qrossing.lock</c> in it; it is made with mode 0700.</summary>
    [Required]
    public string Directory { get; init; } = "data";

    /// <summary>For PostgreSQL, in Npgsql's form; not used otherwise.</summary>
    public string? ConnectionString { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Engine == "postgresql" && string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return new ValidationResult("PostgreSQL needs a connection string.", [nameof(ConnectionString)]);
        }
    }
}
