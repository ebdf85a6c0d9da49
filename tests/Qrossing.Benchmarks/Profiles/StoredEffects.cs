using System.Text;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Effects;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Benchmarks.Profiles;

/// <summary>Effects as the ledger leaves them at rest.</summary>
internal sealed class StoredEffects(TimeProvider clock)
{
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("""{"operationId":"createOrder","body":{"reference":"r-1","quantity":1}}""");
    private static readonly byte[] Result = Encoding.ASCII.GetBytes("""{"status":201,"contentType":"application/json","body":{"id":"ord_1","status":"accepted"}}""");
    private static readonly string[] Phases = ["recorded", "sending", "succeeded"];

    private readonly IdGenerator _ids = new(clock);

    /// <summary>Writes one.</summary>
    public void Write(IEffectStore store, IWriteSession session)
    {
        var id = _ids.New<EffectId>();
        var effect = new Effect
        {
            Tenant = TenantId.Default,
            Id = id,
            Kind = "http.operation",
            Connection = "orders",
            Client = "cli_bench",
            State = new EffectState(EffectPhase.Succeeded, Finality.Final),
            Request = Request,
            RequestDigest = new string('a', 64),
            Prepared = Request,
            Result = Result,
            Attempts = 1,
            PartitionKey = id.Text,
            ExpiresAt = session.Now,
            Version = 3,
            CreatedAt = session.Now,
            UpdatedAt = session.Now,
        };
        store.Insert(session, effect);
        store.InsertKey(session, new IdempotencyRecord { Tenant = effect.Tenant, Client = effect.Client, Key = id.Text, Fingerprint = effect.RequestDigest, Effect = id, Answer = new StoredAnswer(200, "application/json", null, Result) });
        store.PutAttempt(session, new EffectAttempt { Tenant = effect.Tenant, Effect = id, Number = 1, Kind = "send", StartedAt = session.Now, EndedAt = session.Now, Evidence = "done" });
        foreach (var phase in Phases)
        {
            session.Append(new LogEvent
            {
                Tenant = effect.Tenant,
                Id = _ids.New<EventId>().Text,
                Source = "/qrossing/bench",
                Type = $"q.gateway.effects.{phase}.v1",
                Subject = id.Text,
                Time = session.Now,
                DataContentType = "application/json",
                PartitionKey = id.Text,
                EffectId = id,
                Data = Result,
            });
            session.Append(new AuditDraft
            {
                Tenant = effect.Tenant,
                Action = $"effects.{phase}",
                Actor = "system",
                Subject = id.Text,
                Payload = new JsonObject { ["kind"] = effect.Kind, ["connection"] = effect.Connection, ["to"] = phase },
            });
        }
    }
}
