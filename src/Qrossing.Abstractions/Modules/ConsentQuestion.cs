namespace Qrossing.Abstractions.Modules;

/// <summary>A question for Qonsent.</summary>
public sealed record ConsentQuestion
{
    /// <summary><c>module:type:id</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The identity, in any of the ecosystem's forms; the connector formats it for Qonsent.</summary>
    public required string Identity { get; init; }

    /// <summary>read, write, delete, admin, share or execute.</summary>
    public required string Action { get; init; }
}
