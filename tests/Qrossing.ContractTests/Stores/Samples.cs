using System.Text;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Effects;
using Qrossing.Core.Events;
using Qrossing.Core.Webhooks;

namespace Qrossing.ContractTests.Stores;

/// <summary>Records with every member set, so that a forgotten column shows.</summary>
internal static class Samples
{
    public static readonly IdGenerator Ids = new(TimeProvider.System);
    public static readonly TenantId Tenant = new("acme");
    public static readonly TenantId Other = new("other");

    /// <summary>Whole microseconds, as the stores keep them.</summary>
    public static readonly DateTimeOffset Time = new(2026, 11, 22, 10, 11, 12, 345, 678, TimeSpan.Zero);

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static Effect Effect(EffectPhase phase = EffectPhase.Recorded, Finality? finality = null) => new()
    {
        Tenant = Tenant,
        Id = Ids.New<EffectId>(),
        Kind = "objects.put",
        Connection = "store",
        Client = "cli_1",
        State = new EffectState(phase, finality),
        Request = Bytes("{}"),
        RequestDigest = "00ff",
        PartitionKey = "p",
        ExpiresAt = Time.AddHours(72),
        Version = 1,
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    public static Effect FullEffect() => Effect(EffectPhase.Succeeded, Finality.Provisional) with
    {
        Prepared = new byte[] { 0, 1, 255 },
        SendBy = Time.AddSeconds(1),
        Result = Bytes("{\"a\":1}"),
        Reason = "payments.card_declined",
        WaitsFor = "funds",
        NextActionAt = Time.AddSeconds(2),
        Attempts = 3,
        Tries = 2,
        CancelRequested = true,
        ReversedAmount = "115792089237316195423570985008687907853269984665640564039457584007913129639935",
        Parent = Ids.New<EffectId>(),
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ClaimEpoch = 7,
        ClaimedUntil = Time.AddSeconds(3),
        Version = 5,
        UpdatedAt = Time.AddSeconds(4),
    };

    public static LogEvent Event(string id, string type = "q.gateway.test.done.v1", TenantId? tenant = null, string? subject = null, EffectId? effect = null) => new()
    {
        Tenant = tenant ?? Tenant,
        Id = id,
        Source = "/tests",
        Type = type,
        Subject = subject,
        EffectId = effect,
    };

    public static AuditDraft Draft(string action = "test.done", string? subject = null, TenantId? tenant = null) => new()
    {
        Tenant = tenant ?? Tenant,
        Action = action,
        Actor = "system",
        Subject = subject,
        Payload = new JsonObject { ["n"] = 1 },
    };

    public static Subscription Subscription(TenantId? tenant = null) => new()
    {
        Tenant = tenant ?? Tenant,
        Id = Ids.New<SubscriptionId>(),
        Url = "https://example.test/hook",
        Types = ["a.b.v1", "a.*"],
        Status = "active",
        SealedSecrets = ["s1"],
        Cursor = 0,
        CreatedBy = "cli_1",
        Version = 1,
        CreatedAt = Time,
    };

    public static Delivery Delivery(SubscriptionId subscription, long position, DeliveryStatus status = DeliveryStatus.Waiting) => new()
    {
        Tenant = Tenant,
        Id = Ids.New<DeliveryId>(),
        Subscription = subscription,
        Position = position,
        EventId = "e1",
        EventType = "a.b.v1",
        PartitionKey = "p",
        Status = status,
        Attempts = 2,
        Tries = 1,
        TriedSince = Time.AddSeconds(-3),
        NextAttemptAt = Time.AddSeconds(1),
        ResponseStatus = 503,
        Reason = "delivery.status",
        CreatedAt = Time,
        UpdatedAt = Time.AddSeconds(2),
    };
}
