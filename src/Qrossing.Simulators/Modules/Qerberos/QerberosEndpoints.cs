using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Qrossing.Simulators.Modules.Qerberos;

/// <summary>Qerberos, mounted at <c>/audit</c> and <c>/risk-score</c> below its prefix. Events are appended, never changed.</summary>
internal sealed partial class QerberosEndpoints(Journal journal, DateTimeOffset startedAt) : SimulatedModule(journal)
{
    private static readonly string[] Verdicts = ["ALLOW", "DENY", "WARN"];
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly QerberosStore _store = new(journal);

    public override string Name => "qerberos";

    public override IReadOnlyList<ModuleRoute> Routes =>
    [
        new("GET", "/health", Health),
        new("POST", "/audit", call => Authenticated(call, Log)),
        new("GET", "/audit", call => Authenticated(call, Search)),
        new("GET", "/audit/{id}", call => Authenticated(call, Get)),
        new("POST", "/risk-score", call => Authenticated(call, AssessRisk)),
        new("GET", "/risk-score/{identity}", call => Authenticated(call, IdentityRisk)),
    ];

    public override ModuleAnswer Error(ModuleCall call, ModuleError error) => new(error.Status, QerberosWire.Error(call, error));

    private ModuleAnswer Health(ModuleCall call) => new(200, EnvelopeWire.Ok(
        "HEALTHY",
        "The module is healthy.",
        new JsonObject { ["version"] = "1.0.0", ["uptime"] = (long)(call.Now - startedAt).TotalSeconds, ["dependencies"] = new JsonObject() },
        call.Now));

    private ModuleAnswer Log(ModuleCall call)
    {
        var body = new BodyCheck(call.Body);
        body.Only("id", "type", "ref", "actor", "layer", "verdict", "details", "cid", "timestamp", "signature", "ipfsCid");
        body.String("id", pattern: UuidPattern());
        body.Instant("timestamp");
        body.String("signature");
        body.String("ipfsCid", pattern: CidV0.Pattern());
        var type = body.String("type", required: true, max: 100);
        var reference = body.String("ref", required: true, max: 500);
        var actor = body.Inside("actor", required: true);
        actor?.Only("squidId", "subId", "daoId");
        var squidId = actor?.String("squidId", required: true, max: 100);
        var layer = body.String("layer", required: true, max: 100);
        var verdict = body.String("verdict", required: true, oneOf: Verdicts);
        var details = body.Object("details");
        var cid = body.String("cid", pattern: CidV0.Pattern());
        var logged = new QerberosEvent
        {
            Id = RandomIds.Uuid(),
            Type = type ?? "",
            Ref = reference ?? "",
            Actor = new QerberosActor(squidId ?? "", actor?.String("subId", max: 100), actor?.String("daoId", max: 100)),
            Layer = layer ?? "",
            Verdict = verdict ?? "",
            Details = details,
            Cid = cid,
            Timestamp = call.Now,
        };
        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations));
        }

        var content = JsonSerializer.SerializeToUtf8Bytes(logged, ModulesJson.Default.QerberosEvent);
        if (content.Length > CidV0.MaxBytes)
        {
            return Error(call, ModuleError.Standard(413, $"An event has at most {CidV0.MaxBytes} bytes."));
        }

        logged = logged with { IpfsCid = CidV0.Of(content) };
        _store.Log(logged);
        return new ModuleAnswer(201, QerberosWire.Logged(call, logged));
    }

    private ModuleAnswer Get(ModuleCall call) => _store.Find(call.Route("id")) is { } logged
        ? new ModuleAnswer(200, QerberosWire.Event(logged))
        : Error(call, new ModuleError(404, "AUDIT_EVENT_NOT_FOUND", "There is no such event."));

    private ModuleAnswer Search(ModuleCall call)
    {
        List<Violation> violations = [];
        var limit = call.QueryNumber("limit", 100, 1, 1_000, violations);
        var offset = call.QueryNumber("offset", 0, 0, int.MaxValue, violations);
        var start = QueryInstant(call, "startDate", violations);
        var end = QueryInstant(call, "endDate", violations);
        if (violations.Count > 0)
        {
            return Error(call, ModuleError.Validation(violations));
        }

        var (type, actor) = (call.Query("type"), call.Query("actor"));
        var found = _store.Events
            .Where(logged => (type is null || logged.Type == type) && (actor is null || logged.Actor.SquidId == actor) && !(logged.Timestamp < start) && !(logged.Timestamp > end))
            .Reverse()
            .ToArray();
        var data = new JsonObject
        {
            ["events"] = new JsonArray([.. found.Skip(offset).Take(limit).Select(QerberosWire.Event)]),
            ["totalCount"] = found.Length,
            ["limit"] = limit,
            ["offset"] = offset,
            ["hasMore"] = found.Length > offset + limit,
        };
        return new ModuleAnswer(200, EnvelopeWire.Ok("AUDIT_EVENTS_RETRIEVED", "The events were found.", data, call.Now));
    }

    private ModuleAnswer AssessRisk(ModuleCall call)
    {
        var body = new BodyCheck(call.Body);
        var identity = body.String("identity", required: true, max: 100);
        var operation = body.String("operation", max: 100);
        body.Object("context");
        var factors = body.Strings("factors", oneOf: QerberosRisk.FactorNames);
        return body.Ok
            ? new ModuleAnswer(200, QerberosWire.Risk(call, "RISK_SCORE_CALCULATED", identity!, QerberosRisk.Assess(HistoryOf(identity!), operation, factors)))
            : Error(call, ModuleError.Validation(body.Violations));
    }

    private ModuleAnswer IdentityRisk(ModuleCall call)
    {
        var identity = call.Route("identity");
        return new ModuleAnswer(200, QerberosWire.Risk(call, "RISK_SCORE_RETRIEVED", identity, QerberosRisk.Assess(HistoryOf(identity), operation: null, only: null)));
    }

    private QerberosEvent[] HistoryOf(string identity) => [.. _store.Events.Where(logged => logged.Actor.SquidId == identity)];

    /// <summary>A bearer token, or identity with signature and a recent time. As its keys are nowhere to be had, the signature must only be there; the time is epoch milliseconds.</summary>
    private ModuleAnswer Authenticated(ModuleCall call, Func<ModuleCall, ModuleAnswer> handler)
    {
        if (call.Header("Authorization")?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) is true)
        {
            return handler(call);
        }

        if (call.Header("x-squid-id") is null)
        {
            return Error(call, new ModuleError(401, "SQUID_IDENTITY_MISSING", "The header x-squid-id is needed."));
        }

        if (call.Header("x-sig") is null || call.Header("x-ts") is not { } time)
        {
            return Error(call, new ModuleError(401, "SIGNATURE_MISSING", "The headers x-sig and x-ts are needed."));
        }

        return long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && Math.Abs(call.Now.ToUnixTimeMilliseconds() - milliseconds) <= Window.TotalMilliseconds
            ? handler(call)
            : Error(call, new ModuleError(401, "TIMESTAMP_INVALID", "x-ts must be epoch milliseconds at most five minutes off."));
    }

    private static DateTimeOffset? QueryInstant(ModuleCall call, string name, List<Violation> violations)
    {
        if (call.Query(name) is not { } text)
        {
            return null;
        }

        if (BodyCheck.TryInstant(text, out var instant))
        {
            return instant;
        }

        violations.Add(new Violation(name, "must be an ISO 8601 date or date-time", JsonSerializer.SerializeToElement(text, ModulesJson.Default.String)));
        return null;
    }

    [GeneratedRegex(@"^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UuidPattern();
}
