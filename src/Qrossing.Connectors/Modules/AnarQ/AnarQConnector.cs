using System.Collections.Frozen;
using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;

namespace Qrossing.Connectors.Modules.AnarQ;

/// <summary>One AnarQ&amp;Q module, spoken to as its published code really behaves.</summary>
[Connector(
    "modules.anarq",
    Summary = "Reaches one AnarQ&Q module: index records, identities, consent checks, and callers' own requests.",
    Stability = Stability.Alpha,
    Options = typeof(AnarQOptions),
    Data = DataClass.CallerDefined)]
internal sealed class AnarQConnector : IDeliversToModule, IReadsIdentities, IChecksConsent, ICallsModules, IProbes
{
    private const string PutPath = "/qindex/put";

    private static readonly FrozenDictionary<string, string> NoHeaders = FrozenDictionary<string, string>.Empty;
    private static readonly FrozenDictionary<string, string> JsonHeaders = new Dictionary<string, string> { ["Content-Type"] = "application/json" }.ToFrozenDictionary();

    private readonly AnarQOptions _options;
    private readonly ModuleExchange _exchange;
    private readonly QindexRecords _records;

    public AnarQConnector(AnarQOptions options)
    {
        _options = options;
        _exchange = new ModuleExchange(options);
        _records = new QindexRecords(_exchange);
    }

    /// <inheritdoc/>
    public ModuleRoute Route => new()
    {
        BaseUrl = _exchange.Root,
        IdFormat = ModuleDefaults.IdFormatOf(_options),
        Dialect = ModuleDefaults.DialectOf(_options),
        Signer = _options.Signer,
        SignsBody = _exchange.SignsBody,
    };

    /// <inheritdoc/>
    public bool KeepsIndex => _options.Module == "qindex";

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<IndexReceipt>> PutIndexRecordAsync(IndexRecord record, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (!KeepsIndex)
        {
            return AnarQFaults.Unsupported;
        }

        var put = new QindexPut(
            record.Key,
            new QindexValue(record.Cid, record.ContentType, record.Size),
            new QindexMetadata(record.ContentType, record.Tags));
        var reply = await AskAsync("POST", PutPath, JsonSerializer.SerializeToUtf8Bytes(put, AnarQJson.Default.QindexPut), call, cancellationToken);
        if (!reply.IsSuccess)
        {
            return reply.Fault;
        }

        return ModuleData.TryRead(reply.Value, AnarQJson.Default.QindexVersion, out var stored) && stored.Key == record.Key && stored.Version >= 1
            ? Receipt(stored)
            : AnarQFaults.ReplyUnreadable;
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<Lookup<IndexReceipt>>> LookUpIndexRecordAsync(IndexRecord record, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (_options.Module != "qindex")
        {
            return AnarQFaults.Unsupported;
        }

        var found = await _records.FindAsync(record.Key, value => PointsTo(value, record.Cid), call, cancellationToken);
        return Map(found, Receipt);
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<SquidIdentity>> ReadIdentityAsync(string id, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (_options.Module != "squid")
        {
            return AnarQFaults.Unsupported;
        }

        if (!SquidIdentifier.TryParse(id, out var asked) || _exchange.IdentityText(id) is not { } text)
        {
            return AnarQFaults.IdentityInvalid;
        }

        var reply = await AskAsync("GET", $"/identity/{text}", default, call, cancellationToken);
        if (!reply.IsSuccess)
        {
            return reply.Fault;
        }

        // An answer about somebody else is not an answer.
        if (!ModuleData.TryRead(reply.Value, AnarQJson.Default.SquidIdentityData, out var identity)
            || !SquidIdentifier.TryParse(identity.Did, out var answered)
            || answered != asked
            || identity is not { Status: { } status, VerificationLevel: { } level })
        {
            return AnarQFaults.ReplyUnreadable;
        }

        return new SquidIdentity
        {
            Id = answered.Core,
            Status = status,
            VerificationLevel = level,
            Reputation = identity.Reputation is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var score) ? score : null,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<ConsentDecision>> CheckConsentAsync(ConsentQuestion question, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (_options.Module != "qonsent")
        {
            return AnarQFaults.Unsupported;
        }

        if (_exchange.IdentityText(question.Identity) is not { } identity)
        {
            return AnarQFaults.IdentityInvalid;
        }

        var check = new ConsentCheck(question.Resource, identity, question.Action, new ConsentContext(call.Clock.GetUtcNow()));
        var reply = await AskAsync("POST", "/api/v1/qonsent/check", JsonSerializer.SerializeToUtf8Bytes(check, AnarQJson.Default.ConsentCheck), call, cancellationToken);
        if (!reply.IsSuccess)
        {
            return reply.Fault;
        }

        return ModuleData.TryRead(reply.Value, AnarQJson.Default.ConsentVerdict, out var verdict) && verdict.Allowed is { } allowed
            ? new ConsentDecision { Allowed = allowed, Reason = verdict.Reason }
            : AnarQFaults.ReplyUnreadable;
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<ModuleReply>> CallModuleAsync(ModuleRequest request, ConnectorCall call, CancellationToken cancellationToken)
    {
        var sent = await _exchange.SendAsync(request, call, cancellationToken);
        if (!sent.IsSuccess)
        {
            return sent.Fault;
        }

        var reply = _exchange.Normalise(sent.Value, call);
        return reply.IsSuccess
            ? new ModuleReply { Status = sent.Value.Status, ContentType = sent.Value.ContentType, Body = sent.Value.Body }
            : reply.Fault;
    }

    /// <inheritdoc/>
    public ValueTask<ConnectorResult<PreparedModuleRequest>> PrepareModuleCallAsync(ModuleRequest request, ConnectorCall call, CancellationToken cancellationToken) =>
        _exchange.PrepareAsync(request, call, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Only <c>POST /qindex/put</c> can be looked up. No other write of a module leaves a trace under a name the caller chose.</remarks>
    public async ValueTask<ConnectorResult<Lookup<ModuleReply>>> LookUpModuleCallAsync(ModuleRequest request, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (_options.Module != "qindex" || request.Method != "POST" || request.PathAndQuery != PutPath)
        {
            return new Lookup<ModuleReply>.CannotTell("The module has no way to look this request up.");
        }

        if (!ModuleData.TryRead(request.Body.Span, AnarQJson.Default.QindexPutRequest, out var put) || put is not { Key: { } key, Value.ValueKind: not JsonValueKind.Undefined })
        {
            return new Lookup<ModuleReply>.CannotTell("The request names no key and value.");
        }

        if (put.Options?.Encrypt == true)
        {
            return new Lookup<ModuleReply>.CannotTell("Qindex stored the value encrypted, so it cannot be compared.");
        }

        var found = await _records.FindAsync(key, value => JsonElement.DeepEquals(value, put.Value), call, cancellationToken);
        return Map(found, stored => new ModuleReply
        {
            Status = 201,
            ContentType = "application/json",
            Body = JsonSerializer.SerializeToUtf8Bytes(
                new QindexPutReply(true, key, stored.Cid, stored.Version.ToString(), stored.Timestamp), AnarQJson.Default.QindexPutReply),
        });
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<PeerHealth>> ProbeAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        var sent = await _exchange.SendAsync(new ModuleRequest { Method = "GET", PathAndQuery = "/health", Headers = NoHeaders, Body = default }, call, cancellationToken);
        if (!sent.IsSuccess)
        {
            return sent.Fault;
        }

        if (!ModuleData.TryRead(sent.Value.Body, AnarQJson.Default.ModuleHealth, out var health) || health.Status is null)
        {
            return sent.Value.Status is 200 or 404 ? AnarQFaults.WrongRoot : AnarQFaults.Unhealthy(null);
        }

        return sent.Value.IsSuccess && health.Status is "ok" or "healthy" or "degraded"
            ? new PeerHealth { Peer = $"{_options.Module}/{health.Version ?? "unknown"}", Facts = new Dictionary<string, string> { ["status"] = health.Status } }
            : AnarQFaults.Unhealthy(health.Status);
    }

    /// <summary>A request of our own; the payload without its envelope.</summary>
    private async ValueTask<ConnectorResult<JsonElement>> AskAsync(string method, string path, ReadOnlyMemory<byte> body, ConnectorCall call, CancellationToken cancellationToken)
    {
        var request = new ModuleRequest { Method = method, PathAndQuery = path, Headers = body.IsEmpty ? NoHeaders : JsonHeaders, Body = body };
        var sent = await _exchange.SendAsync(request, call, cancellationToken);
        if (!sent.IsSuccess)
        {
            return sent.Fault;
        }

        var reply = _exchange.Normalise(sent.Value, call);
        return reply.IsSuccess ? reply.Value.Data : reply.Fault;
    }

    private static bool PointsTo(JsonElement value, string cid) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("cid", out var stored) && stored.ValueKind == JsonValueKind.String && stored.ValueEquals(cid);

    private static IndexReceipt Receipt(QindexVersion stored) => new() { Key = stored.Key!, Version = stored.Version, IndexCid = stored.Cid };

    private static ConnectorResult<Lookup<T>> Map<T>(ConnectorResult<Lookup<QindexVersion>> lookup, Func<QindexVersion, T> found) => lookup switch
    {
        { IsSuccess: false } => lookup.Fault,
        { Value: Lookup<QindexVersion>.Found hit } => new Lookup<T>.Found(found(hit.Result)),
        { Value: Lookup<QindexVersion>.Superseded other } => new Lookup<T>.Superseded(other.By),
        { Value: Lookup<QindexVersion>.CannotTell unknown } => new Lookup<T>.CannotTell(unknown.Reason),
        _ => new Lookup<T>.DefinitelyAbsent(),
    };
}
