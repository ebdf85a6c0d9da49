using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>One HTTP API that describes itself. A change makes a new instance; calls under way end with the old one.</summary>
internal sealed record OpenApiOptions : IValidatableObject
{
    /// <summary>The OpenAPI 3.0 or 3.1 document, as JSON, inline. Required. Checked when the connection is configured; what cannot be honoured is named.</summary>
    [Required]
    public required JsonElement Document { get; init; }

    /// <summary>Where the API is, <c>http</c> or <c>https</c>, with the path in front of the document's paths. Required; the document's <c>servers</c> are not used.</summary>
    [Required]
    public required Uri BaseUrl { get; init; }

    /// <summary>How the API knows us. Default: no credential.</summary>
    public CredentialOptions Credentials { get; init; } = new();

    /// <summary>What the document does not say, by <c>operationId</c>. A write that is not listed is never repeated by the machine and cannot be looked up.</summary>
    public IReadOnlyDictionary<string, OperationOptions> Operations { get; init; } = new Dictionary<string, OperationOptions>();

    /// <summary>A GET operation without required parameters that a probe calls. Default: a GET of <see cref="BaseUrl"/>, of which any answer below 500 will do.</summary>
    public string? Probe { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var results = new List<ValidationResult>();
        if (BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
        {
            results.Add(new ValidationResult("baseUrl is an absolute http or https URL without query, fragment and credentials.", [nameof(BaseUrl)]));
        }

        foreach (var part in Parts())
        {
            Validator.TryValidateObject(part, new ValidationContext(part), results, validateAllProperties: true);
        }

        OperationCatalog.Read(this, out var problems);
        results.AddRange(problems.Select(problem => new ValidationResult(problem.ToString())));
        return results;
    }

    /// <summary>The nested options, which the validator does not look into by itself.</summary>
    private IEnumerable<object> Parts() =>
        new object?[] { Credentials, Credentials.ApiKey, Credentials.Bearer, Credentials.Basic }
            .Concat(Operations.Values)
            .Concat(Operations.Values.Select(operation => operation.Lookup))
            .OfType<object>();
}
