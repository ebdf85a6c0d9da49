using System.Text.Json;

namespace Qrossing.Tests.Sdk;

/// <summary>Answers in the form of the contract.</summary>
internal static class ContractAnswers
{
    public const string EffectId = "eff_06f1m2v8d9w3x5z7a1b4c6d8e0";
    public const string DeliveryId = "dlv_06f1m2v8d9w3x5z7a1b4c6d8e1";

    public const string Effect = $$"""
        {"id":"{{EffectId}}","kind":"modules.index_put","connection":"qindex","outcome":"unknown","phase":"unknown","reason":"connectors.timeout",
        "result":{"note":"<b>raw</b>"},"parent":"eff_06f1m2v8d9w3x5z7a1b4c6d8dz","attemptCount":2,
        "attempts":[{"number":1,"kind":"send","startedAt":"2026-01-31T12:00:00.010Z","endedAt":"2026-01-31T12:00:05.010Z","evidence":"may_have_happened","code":"connectors.timeout"},
        {"number":2,"kind":"lookup","startedAt":"2026-01-31T12:00:07Z","endedAt":"2026-01-31T12:00:07.300Z","evidence":"cannot_tell","peerCode":"E42","peerRequestId":"req-7"}],
        "nextActionAt":"2026-01-31T12:01:00Z","createdAt":"2026-01-31T12:00:00Z","updatedAt":"2026-01-31T12:00:07.3Z",
        "links":{"self":"/v1/effects/{{EffectId}}","receipt":"/v1/receipts/{{EffectId}}","events":"/v1/events?subject={{EffectId}}"} }
        """;

    public const string Delivery = $$"""
        {"id":"{{DeliveryId}}","subscription":"whs_06f1m2v8d9w3x5z7a1b4c6d8e2","eventId":"evt_06f1m2v8d9w3x5z7a1b4c6d8e3","eventType":"q.gateway.effects.unknown.v1","sequence":"17",
        "status":"dead","attempts":8,"responseStatus":500,"reason":"deliveries.gave_up","createdAt":"2026-01-31T12:00:08Z","updatedAt":"2026-01-31T13:00:00Z"}
        """;

    private const string Succeeded = """
        {"id":"eff_06f1m2v8d9w3x5z7a1b4c6d8e9","kind":"objects.put","connection":"local","outcome":"succeeded","phase":"succeeded","finality":"final","attemptCount":1,
        "createdAt":"2026-01-31T11:00:00Z","updatedAt":"2026-01-31T11:00:00.042Z","links":{"self":"/","receipt":"/","events":"/"}}
        """;

    private const string Checkpoint = """qrossing.local/log\n42\nq1MqB0b9m3PqJ0s3b0d9f3iZtqD0y8O0y5R0l0r0o0M=\n\n\u2014 qrossing.local AAAA\n""";

    /// <summary>Bodies of 200 answers by path.</summary>
    public static readonly IReadOnlyDictionary<string, string> Get = new Dictionary<string, string>
    {
        ["/health/ready"] = """{"status":"ready","parts":{"database":{"state":"ready"}}}""",
        ["/v1/effects"] = $$"""{"data":[{{Effect}},{{Succeeded}}],"next":"page2"}""",
        [$"/v1/effects/{EffectId}"] = Effect,
        [$"/v1/receipts/{EffectId}"] = Receipt(),
        ["/v1/deliveries"] = $$"""{"data":[{{Delivery}}]}""",
        ["/v1/connections"] = """
            {"data":[{"id":"local","kind":"cloud.local","options":{},"status":"active","environment":"live","managedBy":"system","state":"ready","since":"2026-01-31T10:00:00Z","circuits":[]},
            {"id":"qindex","kind":"modules.anarq","options":{"baseUrl":"http://127.0.0.1:5090"},"status":"paused","statusReason":"connectors.unauthorized","environment":"sandbox","managedBy":"api",
            "state":"paused","since":"2026-01-31T12:00:00Z","because":"connectors.unauthorized","circuits":[{"operation":"put","state":"open","since":"2026-01-31T12:00:00Z"}]}]}
            """,
        ["/v1/audit/checkpoint"] = $$"""{"checkpoint":"{{Checkpoint}}","key":"qrossing.local+00000000+AAAA"}""",
        ["/v1/capabilities"] = """{"storage":[{"name":"objects","state":"available"}]}""",
        ["/v1/events"] = $$"""{"data":[{{Event}}],"next":"18"}""",
        ["/v1/subscriptions"] = """{"data":[{"id":"whs_06f1m2v8d9w3x5z7a1b4c6d8e2","url":"https://example.org/hook","types":["*"],"status":"active","cursor":"17","createdAt":"2026-01-31T10:00:00Z"}]}""",
    };

    public const string Event = $$"""
        {"specversion":"1.0","id":"evt_06f1m2v8d9w3x5z7a1b4c6d8e3","source":"/qrossing","type":"q.gateway.effects.unknown.v1","subject":"{{EffectId}}","time":"2026-01-31T12:00:05.02Z",
        "datacontenttype":"application/json","sequence":"17","partitionkey":"{{EffectId}}","effectid":"{{EffectId}}","ourown":"kept","data":{"phase":"unknown"} }
        """;

    public static string Problem(int status, string code, string title) => $$"""
        {"type":"/problems/{{code}}","title":"{{title}}","status":{{status}},"detail":"It is so.","instance":"/","code":"{{code}}","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","retryable":false}
        """;

    private static string Receipt() => $$"""
        {"v":1,"issuedAt":"2026-01-31T12:30:00.000000Z",
        "effect":{"id":"{{EffectId}}","tenant":"default","kind":"modules.index_put","connection":"qindex","principal":"cli_app","requestDigest":"9f86d081884c7d65","outcome":"unknown","phase":"unknown",
        "createdAt":"2026-01-31T12:00:00.000000Z","updatedAt":"2026-01-31T12:00:07.300000Z"},
        "attempts":[{"number":1,"kind":"send","startedAt":"2026-01-31T12:00:00.010000Z","endedAt":"2026-01-31T12:00:05.010000Z","evidence":"may_have_happened","code":"connectors.timeout"},
        {"number":2,"kind":"lookup","startedAt":"2026-01-31T12:00:07.000000Z","endedAt":"2026-01-31T12:00:07.300000Z","evidence":"cannot_tell","peerCode":"E42","peerRequestId":"req-7"}],
        "entries":[{{Entry(3, "2026-01-31T12:00:00.000000Z", "effects.recorded", """{"from":"recorded","to":"recorded"}""")}},
        {{Entry(4, "2026-01-31T12:00:00.008000Z", "effects.sending", """{"from":"recorded","to":"sending","attempt":1,"sendBy":"2026-01-31T12:00:10Z"}""")}},
        {{Entry(5, "2026-01-31T12:00:05.020000Z", "effects.unknown", """{"from":"sending","to":"unknown","evidence":{"shows":"may_have_happened","code":"connectors.timeout","peerReference":"idx-1"}}""")}},
        {{Entry(6, "2026-01-31T12:00:07.300000Z", "effects.unknown", null)}}],
        "entriesPending":1,"events":[{{Event}}],
        "deliveries":[{"id":"{{DeliveryId}}","subscription":"whs_06f1m2v8d9w3x5z7a1b4c6d8e2","eventId":"evt_06f1m2v8d9w3x5z7a1b4c6d8e3","sequence":"17","status":"delivered","attempts":1,"responseStatus":204,"updatedAt":"2026-01-31T12:00:05.110000Z"}],
        "checkpoint":"{{Checkpoint}}","key":"qrossing.local+00000000+AAAA","signature":"qrossing.receipt/v1"}
        """;

    private static string Entry(int leaf, string time, string action, string? payload)
    {
        var entry = $$"""{"action":"{{action}}","actor":"cli_app","payloadHash":"00","position":{{leaf}},"requestId":"req_1","tenant":"default","time":"{{time}}","v":1,"verdict":"allow"}""";
        var members = payload is null ? "" : $",\"salt\":\"00\",\"payload\":{JsonSerializer.Serialize(payload)}";
        return $$"""{"leaf":{{leaf}},"entry":{{JsonSerializer.Serialize(entry)}}{{members}},"proof":["AAAA"]}""";
    }
}
