using System.Collections.Frozen;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Http.OpenApi.Document;
using Qrossing.Connectors.Http.OpenApi.Expressions;
using Qrossing.Connectors.Http.OpenApi.Schemas;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>All operations of a connection, ready to be called.</summary>
internal sealed class OperationCatalog
{
    private static readonly OperationOptions Unlisted = new();

    private OperationCatalog(OpenApiDocument document, FrozenDictionary<string, OperationPlan> plans) => (Document, Plans) = (document, plans);

    public OpenApiDocument Document { get; }

    public FrozenDictionary<string, OperationPlan> Plans { get; }

    /// <summary>Reads document and options together. With problems the catalog must not be used.</summary>
    public static OperationCatalog Read(OpenApiOptions options, out List<DocumentProblem> problems)
    {
        problems = [];
        var document = OpenApiDocument.Read(options.Document, problems);
        foreach (var id in options.Operations.Keys.Where(id => !document.Operations.ContainsKey(id)))
        {
            problems.Add(new DocumentProblem($"operations.{id}", "is no operation of the document"));
        }

        if (options.Probe is { } probe
            && (document.Operations.GetValueOrDefault(probe) is not { Method: "GET" } probed || probed.Parameters.Any(parameter => parameter.Required)))
        {
            problems.Add(new DocumentProblem("probe", "must name a GET operation of the document without required parameters"));
        }

        var plans = new Dictionary<string, OperationPlan>();
        foreach (var operation in document.Operations.Values)
        {
            var listed = options.Operations.GetValueOrDefault(operation.Id) ?? Unlisted;
            var offered = Offered(operation, listed);
            plans[operation.Id] = new OperationPlan
            {
                Operation = operation with { Parameters = offered },
                Options = listed,
                Parameters = SchemaOf(offered),
                Lookup = listed.Lookup is { } lookup ? ReadLookup(operation.Id, lookup, document, problems) : null,
            };
        }

        return new OperationCatalog(document, plans.ToFrozenDictionary());
    }

    /// <summary>Without the header that the gateway fills itself.</summary>
    private static List<ApiParameter> Offered(ApiOperation operation, OperationOptions options) =>
    [
        .. operation.Parameters.Where(parameter => options.Idempotency != PeerIdempotency.Key
            || parameter.Place != ParameterPlace.Header
            || !parameter.Name.Equals(options.KeyHeader, StringComparison.OrdinalIgnoreCase)),
    ];

    private static Schema SchemaOf(List<ApiParameter> parameters) => new()
    {
        Types = SchemaTypes.Object,
        Properties = parameters.ToLookup(parameter => parameter.Name).ToDictionary(same => same.Key, same => same.First().Schema),
        Required = [.. parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name).Distinct()],
        AdditionalProperties = new Schema { Types = SchemaTypes.None },
    };

    private static LookupPlan? ReadLookup(string id, OperationLookupOptions lookup, OpenApiDocument document, List<DocumentProblem> problems)
    {
        var place = $"operations.{id}.lookup";
        if (document.Operations.GetValueOrDefault(lookup.OperationId) is not { Method: "GET" } target)
        {
            problems.Add(new DocumentProblem($"{place}.operationId", "must name a GET operation of the document"));
            return null;
        }

        foreach (var missing in target.Parameters.Where(parameter => parameter.Required && !lookup.Parameters.ContainsKey(parameter.Name)))
        {
            problems.Add(new DocumentProblem($"{place}.parameters", $"has no '{missing.Name}', which {target.Id} requires"));
        }

        var operands = new Dictionary<string, Operand>();
        foreach (var (name, text) in lookup.Parameters)
        {
            if (target.Parameters.All(parameter => parameter.Name != name))
            {
                problems.Add(new DocumentProblem($"{place}.parameters.{name}", $"is no parameter of {target.Id}"));
            }
            else if (Operand.Parse(text) is { SpeaksOfReply: false } operand)
            {
                operands[name] = operand;
            }
            else
            {
                problems.Add(new DocumentProblem($"{place}.parameters.{name}", "must be a pointer into parameters, body or idempotencyKey, or a JSON value"));
            }
        }

        var found = lookup.Found is { } condition ? Condition.Parse(condition) : null;
        if (lookup.Found is not null && found is null)
        {
            problems.Add(new DocumentProblem($"{place}.found", "must be operand, operand == operand or operand != operand"));
        }

        return new LookupPlan(target.Id, operands, found, lookup.AbsentOn);
    }
}
