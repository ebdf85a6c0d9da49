using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Http;
using Qrossing.Connectors.Http.OpenApi.Expressions;
using Qrossing.Connectors.Http.OpenApi.Schemas;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>Any HTTP API that has an OpenAPI document: its operations become typed effects without code.</summary>
[Connector(
    "http.openapi",
    Summary = "Calls the operations of any HTTP API described by an OpenAPI 3.0 or 3.1 document.",
    Stability = Stability.Alpha,
    Options = typeof(OpenApiOptions),
    Data = DataClass.CallerDefined)]
internal sealed class OpenApiConnector : ICallsOperations, IProbes
{
    private readonly OpenApiOptions _options;
    private readonly OperationCatalog _catalog;

    public OpenApiConnector(OpenApiOptions options)
    {
        _options = options;
        _catalog = OperationCatalog.Read(options, out var problems);
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<OperationDescription> DescribeOperations() =>
    [
        .. _catalog.Plans.Values.OrderBy(plan => plan.Operation.Id, StringComparer.Ordinal).Select(plan => new OperationDescription
        {
            OperationId = plan.Operation.Id,
            Method = plan.Operation.Method,
            Path = plan.Operation.Path,
            Summary = plan.Operation.Summary,
            Repeats = plan.Operation.IsRead ? PeerIdempotency.Content : plan.Options.Idempotency,
            RepeatWindow = TimeSpan.FromHours(plan.Options.WindowHours),
            AbsenceHorizon = plan.Options.AbsenceHorizon,
            HasLookup = plan.Lookup is not null,
            Parameters = SchemaWriter.Write(plan.Parameters),
            Body = plan.Operation.Body is { } body ? SchemaWriter.Write(body.Schema) : null,
        }),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<OperationViolation> CheckOperation(OperationCall request) =>
        _catalog.Plans.TryGetValue(request.OperationId, out var plan)
            ? Check(plan, Parameters(request), request.Body)
            : [new OperationViolation("", "names no operation of this API")];

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<OperationReply>> CallOperationAsync(OperationCall request, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (!_catalog.Plans.TryGetValue(request.OperationId, out var plan))
        {
            return OpenApiFaults.UnknownOperation;
        }

        var exchange = await ExchangeAsync(plan, Parameters(request), request.Body, call, cancellationToken);
        if (!exchange.IsSuccess)
        {
            return exchange.Fault;
        }

        return OpenApiFaults.Judge(plan, exchange.Value, call.Clock) is { } fault ? fault : ReplyOf(exchange.Value.Reply);
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<Lookup<OperationReply>>> LookUpOperationAsync(OperationCall request, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (!_catalog.Plans.TryGetValue(request.OperationId, out var plan))
        {
            return OpenApiFaults.UnknownOperation;
        }

        if (plan.Lookup is not { } lookup)
        {
            return new Lookup<OperationReply>.CannotTell("No lookup is configured for the operation.");
        }

        var scope = new ExpressionScope { Parameters = Parameters(request), Body = request.Body, IdempotencyKey = call.IdempotencyKey };
        var values = lookup.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.ValueIn(scope))).ToList();
        if (values.Find(value => value.Value.ValueKind == JsonValueKind.Undefined) is { Key: { } missing })
        {
            return new Lookup<OperationReply>.CannotTell($"The request has no value for the lookup's parameter {missing}.");
        }

        var target = _catalog.Plans[lookup.Target];
        var exchange = await ExchangeAsync(target, ObjectOf(values), default, call, cancellationToken);
        return exchange.IsSuccess ? Conclude(lookup, target, exchange.Value, scope, call) : exchange.Fault;
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<PeerHealth>> ProbeAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        if (_options.Probe is null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _options.BaseUrl);
            var reply = await call.ExchangeAsync(request, cancellationToken);
            return reply switch
            {
                { IsSuccess: false } => reply.Fault,
                { Value.Status: >= 500 } => OpenApiFaults.Unhealthy,
                _ => Health(reply.Value!),
            };
        }

        var plan = _catalog.Plans[_options.Probe];
        var exchange = await ExchangeAsync(plan, ObjectOf([]), default, call, cancellationToken);
        if (!exchange.IsSuccess)
        {
            return exchange.Fault;
        }

        return OpenApiFaults.Judge(plan, exchange.Value, call.Clock) is { } fault ? fault : Health(exchange.Value.Reply);
    }

    private PeerHealth Health(PeerReply reply) => new()
    {
        Peer = $"{_catalog.Document.Title}/{_catalog.Document.Version}",
        Facts = new Dictionary<string, string> { ["status"] = reply.Status.ToString() },
    };

    private static JsonElement Parameters(OperationCall request) =>
        request.Parameters.ValueKind == JsonValueKind.Undefined ? ObjectOf([]) : request.Parameters;

    private static JsonElement ObjectOf(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.ToArray());
    }

    private static List<OperationViolation> Check(OperationPlan plan, JsonElement parameters, JsonElement body)
    {
        List<OperationViolation> violations = [.. SchemaChecker.Check(plan.Parameters, parameters, "/parameters"), .. OpenApiWire.CheckParameters(plan.Operation, parameters)];
        switch (plan.Operation.Body, body.ValueKind)
        {
            case (null, JsonValueKind.Undefined) or ({ Required: false }, JsonValueKind.Undefined):
                break;
            case (null, _):
                violations.Add(new OperationViolation("/body", "is not taken by this operation"));
                break;
            case (_, JsonValueKind.Undefined):
                violations.Add(new OperationViolation("/body", "is missing"));
                break;
            default:
                violations.AddRange(SchemaChecker.Check(plan.Operation.Body.Schema, body, "/body"));
                break;
        }

        return violations;
    }

    private static ConnectorResult<Lookup<OperationReply>> Conclude(LookupPlan lookup, OperationPlan target, ApiExchange exchange, ExpressionScope scope, ConnectorCall call)
    {
        var reply = exchange.Reply;
        if (lookup.AbsentOn.Contains(reply.Status))
        {
            return new Lookup<OperationReply>.DefinitelyAbsent();
        }

        switch (OpenApiFaults.Judge(target, exchange, call.Clock))
        {
            case { Kind: FaultKind.NotFound }:
                return new Lookup<OperationReply>.CannotTell("The lookup was not found, and absentOn does not say that this means absence.");
            case { Code: "openapi.pending" }:
                return new Lookup<OperationReply>.CannotTell("The API has it and is not done.");
            case { } fault:
                return fault;
        }

        if (lookup.Found is { } found)
        {
            if (!StrictJson.TryParse(reply.Body, out var document, out _))
            {
                return new Lookup<OperationReply>.CannotTell("The reply of the lookup is no JSON.");
            }

            using (document)
            {
                var answered = scope with { Reply = document.RootElement };
                if (!found.IsAnswered(answered))
                {
                    return new Lookup<OperationReply>.CannotTell("The reply of the lookup does not have what 'found' speaks of.");
                }

                if (!found.Holds(answered))
                {
                    return new Lookup<OperationReply>.DefinitelyAbsent();
                }
            }
        }

        return new Lookup<OperationReply>.Found(ReplyOf(reply));
    }

    private static OperationReply ReplyOf(PeerReply reply) => new() { Status = reply.Status, ContentType = reply.ContentType, Body = reply.Body };

    /// <summary>Any status is a success here. Checks again what the host checked before it recorded the effect: nothing unchecked reaches a path.</summary>
    private async ValueTask<ConnectorResult<ApiExchange>> ExchangeAsync(OperationPlan plan, JsonElement parameters, JsonElement body, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (Check(plan, parameters, body).Count > 0)
        {
            return OpenApiFaults.RequestInvalid;
        }

        var credential = await OutboundCredential.OpenAsync(_options.Credentials, call.Secrets, cancellationToken);
        if (!credential.IsSuccess)
        {
            return credential.Fault;
        }

        using var request = OpenApiWire.Request(_options.BaseUrl, plan, parameters, body, credential.Value.Query);
        if (plan.Options.Idempotency == PeerIdempotency.Key && !plan.Operation.IsRead)
        {
            request.Headers.TryAddWithoutValidation(plan.Options.KeyHeader, call.IdempotencyKey);
        }

        if (credential.Value.Header is { } header)
        {
            request.Headers.Remove(header.Name);
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        var reply = await call.ExchangeAsync(request, cancellationToken);
        return reply.IsSuccess ? new ApiExchange(reply.Value, credential.Value.Secrets) : reply.Fault;
    }
}
