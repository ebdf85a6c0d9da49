using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Stores;

/// <summary>How effects, attempts and keys lie in their tables.</summary>
internal static class EffectRows
{
    /// <summary>The columns that name an effect and never change.</summary>
    private const string FixedColumns = "tenant, id, kind, connection, client, request, request_digest, parent, partition_key, trace_parent, expires_at, created_at";

    /// <summary>The columns that a transition may change.</summary>
    private const string MovingColumns =
        "phase, finality, at_rest, prepared, send_by, result, reason, waits_for, next_action_at, attempts, tries, cancel_requested, "
        + "reversed_amount, claim_epoch, claimed_until, version, updated_at";

    private const string ReadColumns = $"{FixedColumns}, {MovingColumns}";

    private const string AttemptColumns =
        "tenant, effect, number, kind, started_at, ended_at, evidence, code, peer_code, peer_request_id, peer_reference";

    private const string KeyColumns =
        "tenant, client, key, fingerprint, effect, answer_status, answer_type, answer_location, answer_body";

    private static readonly int MovingCount = MovingColumns.Split(',').Length;

    public const string Select = $"SELECT {ReadColumns} FROM effects";

    /// <summary>What <see cref="ReadHandle"/> reads.</summary>
    public const string HandleColumns = "tenant, id, connection, created_at";

    /// <summary>As <see cref="Select"/>, without what may be large.</summary>
    public static readonly string SelectBrief = Select
        .Replace("client, request,", "client, NULL AS request,", StringComparison.Ordinal)
        .Replace("prepared,", "NULL AS prepared,", StringComparison.Ordinal)
        .Replace("result,", "CASE WHEN length(result) <= 4096 THEN result END AS result,", StringComparison.Ordinal);

    public const string SelectAttempts = $"SELECT {AttemptColumns} FROM effect_attempts";

    public const string SelectKeys = $"SELECT {KeyColumns} FROM idempotency_keys";

    public static readonly string Insert = SqlText.Insert("effects", $"{ReadColumns}, phase_since");

    /// <summary>Keeps <c>phase_since</c> unless the phase changes; parameter 1 is the new phase.</summary>
    public static readonly string Update =
        $"{SqlText.Update("effects", MovingColumns)}, phase_since = CASE WHEN phase = $1 THEN phase_since ELSE ${MovingCount} END "
        + $"WHERE tenant = ${MovingCount + 1} AND id = ${MovingCount + 2} AND version = ${MovingCount + 3}";

    public static readonly string PutAttempt =
        $"{SqlText.Insert("effect_attempts", AttemptColumns)} ON CONFLICT (tenant, effect, number) DO UPDATE SET "
        + SqlText.FromExcluded("kind, started_at, ended_at, evidence, code, peer_code, peer_request_id")
        + ", peer_reference = coalesce(excluded.peer_reference, effect_attempts.peer_reference)";

    public static readonly string InsertKey = SqlText.Insert("idempotency_keys", KeyColumns);

    public static SqlValue[] InsertValues(Effect effect) =>
    [
        effect.Tenant, effect.Id, effect.Kind, effect.Connection, effect.Client, effect.Request, effect.RequestDigest, effect.Parent,
        effect.PartitionKey, effect.TraceParent, effect.ExpiresAt, effect.CreatedAt, .. MovingValues(effect), effect.UpdatedAt,
    ];

    public static SqlValue[] UpdateValues(Effect effect, long expectedVersion) =>
        [.. MovingValues(effect), effect.Tenant, effect.Id, expectedVersion];

    public static SqlValue[] AttemptValues(EffectAttempt attempt) =>
    [
        attempt.Tenant, attempt.Effect, attempt.Number, attempt.Kind, attempt.StartedAt, attempt.EndedAt, attempt.Evidence, attempt.Code,
        attempt.PeerCode, attempt.PeerRequestId, attempt.PeerReference,
    ];

    public static SqlValue[] KeyValues(IdempotencyRecord record) =>
    [
        record.Tenant, record.Client, record.Key, record.Fingerprint, record.Effect,
        record.Answer?.Status, record.Answer?.ContentType, record.Answer?.Location, record.Answer?.Body,
    ];

    public static Effect Read(SqlRow row)
    {
        var effect = new Effect
        {
            Tenant = row.Tenant(),
            Id = row.Id<EffectId>(),
            Kind = row.Text(),
            Connection = row.Text(),
            Client = row.Text(),
            Request = row.BytesOrNull() ?? ReadOnlyMemory<byte>.Empty,
            RequestDigest = row.Text(),
            Parent = row.IdOrNull<EffectId>(),
            PartitionKey = row.Text(),
            TraceParent = row.TextOrNull(),
            ExpiresAt = row.Time(),
            CreatedAt = row.Time(),
            State = new EffectState(EnumText<EffectPhase>.Read(row.Text()), EnumText<Finality>.ReadOrNull(row.TextOrNull())),
            Version = 0,
            UpdatedAt = default,
        };
        _ = row.Flag(); // at_rest follows from the state
        return effect with
        {
            Prepared = row.BytesOrNull(),
            SendBy = row.TimeOrNull(),
            Result = row.BytesOrNull(),
            Reason = row.TextOrNull(),
            WaitsFor = row.TextOrNull(),
            NextActionAt = row.TimeOrNull(),
            Attempts = row.Int(),
            Tries = row.Int(),
            CancelRequested = row.Flag(),
            ReversedAmount = row.TextOrNull(),
            ClaimEpoch = row.Long(),
            ClaimedUntil = row.TimeOrNull(),
            Version = row.Long(),
            UpdatedAt = row.Time(),
        };
    }

    public static EffectHandle ReadHandle(SqlRow row) => new(row.Tenant(), row.Id<EffectId>(), row.Text(), row.Time());

    public static EffectAttempt ReadAttempt(SqlRow row) => new()
    {
        Tenant = row.Tenant(),
        Effect = row.Id<EffectId>(),
        Number = row.Int(),
        Kind = row.Text(),
        StartedAt = row.Time(),
        EndedAt = row.TimeOrNull(),
        Evidence = row.TextOrNull(),
        Code = row.TextOrNull(),
        PeerCode = row.TextOrNull(),
        PeerRequestId = row.TextOrNull(),
        PeerReference = row.TextOrNull(),
    };

    public static IdempotencyRecord ReadKey(SqlRow row)
    {
        var record = new IdempotencyRecord
        {
            Tenant = row.Tenant(),
            Client = row.Text(),
            Key = row.Text(),
            Fingerprint = row.Text(),
            Effect = row.Id<EffectId>(),
        };
        return row.IntOrNull() is { } status
            ? record with { Answer = new StoredAnswer(status, row.Text(), row.TextOrNull(), row.Bytes()) }
            : record;
    }

    private static SqlValue[] MovingValues(Effect effect) =>
    [
        EnumText<EffectPhase>.Of(effect.State.Phase), EnumText<Finality>.OfOrNull(effect.State.Finality), effect.State.AtRest, effect.Prepared,
        effect.SendBy, effect.Result, effect.Reason, effect.WaitsFor, effect.NextActionAt, effect.Attempts, effect.Tries, effect.CancelRequested,
        effect.ReversedAmount, effect.ClaimEpoch, effect.ClaimedUntil, effect.Version, effect.UpdatedAt,
    ];
}
