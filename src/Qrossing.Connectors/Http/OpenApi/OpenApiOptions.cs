using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>One HTTP API that describes itself. A change makes a new instance; calls under way end with the old one.</summary>
internal sealed record OpenApiOptions : IValidatableObject
{
    /// <summary>The OpenAPI 3.0 or 3.1 document, as JSON, inline. Required. Checked when the connection is configured; what cannot be honoured is named.</summary>
    [Required]
    public required JsonElement Document { get; init; }

    /// <summary>Where the API is, <c>http</c> or <c>https</c>, with the path in front of the document's paths. Required; the document's <c>servers</c> are not used.</summary>
    [NamesPeer]
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
        if (BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
        {
            yield return new ValidationResult("baseUrl is an absolute http or https URL without query, fragment and credentials.", [nameof(BaseUrl)]);
        }

        OperationCatalog.Read(this, out var problems);
        foreach (var problem in problems)
        {
            yield return new ValidationResult(problem.ToString(), [problem.Option]);
        }
    }
}
