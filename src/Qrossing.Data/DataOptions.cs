using System.ComponentModel.DataAnnotations;
using Npgsql;
using Qrossing.Abstractions.Connectors;

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

    /// <summary>For PostgreSQL, in Npgsql's form, without a password; not used otherwise.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The password of the PostgreSQL user: <c>env:NAME</c> or <c>file:PATH</c> (one line). Default none, for servers that ask for none or take a certificate.</summary>
    public SecretRef? Password { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Engine != "postgresql")
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return new ValidationResult("PostgreSQL needs a connection string.", [nameof(ConnectionString)]);
        }
        else if (Read(ConnectionString) is not { } settings)
        {
            yield return new ValidationResult("is no connection string as Npgsql takes it (Host=...;Database=...;Username=...).", [nameof(ConnectionString)]);
        }
        else if (settings.Password is not null || settings.SslPassword is not null)
        {
            yield return new ValidationResult("holds a password in plain text. Give it as Data:Password, env:NAME or file:PATH.", [nameof(ConnectionString)]);
        }
    }

    /// <summary>The options with the password, opened, in the connection string. For the data layer only.</summary>
    public DataOptions With(string password) =>
        this with { Password = null, ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { Password = password }.ConnectionString };

    private static NpgsqlConnectionStringBuilder? Read(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }
}
