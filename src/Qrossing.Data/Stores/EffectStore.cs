using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;
using Qrossing.Data.Writing;

namespace Qrossing.Data.Stores;

/// <summary>The effect ledger's rows.</summary>
internal sealed class EffectStore(SqlReads reads) : IEffectStore
{
    private const string ById = $"{EffectRows.Select} WHERE tenant = $1 AND id = $2";
    private const string KeyByName = $"{EffectRows.SelectKeys} WHERE tenant = $1 AND client = $2 AND key = $3";
    private const int AttemptLimit = 200;

    /// <summary>Two partial indexes, one after the other; an effect that is in both comes from the first.</summary>
    private const string Due =
        $"SELECT * FROM (SELECT {EffectRows.HandleColumns}, next_action_at FROM effects WHERE next_action_at <= $1 AND connection {NotExcepted} ORDER BY next_action_at, id LIMIT $3) AS due "
        + $"UNION ALL SELECT * FROM (SELECT {EffectRows.HandleColumns}, updated_at FROM effects WHERE phase = 'sending' AND claim_epoch < $2 "
        + "AND (next_action_at IS NULL OR next_action_at > $1) ORDER BY claim_epoch, id LIMIT $3) AS hanging ORDER BY 5";

    /// <summary>Connections that are left out, in eight places that the statement always has.</summary>
    private const string NotExcepted = "NOT IN ($4, $5, $6, $7, $8, $9, $10, $11)";
    private const int MostExcepted = 8;

    /// <summary>The outcome as callers see it, in SQL, from the one place that defines it.</summary>
    private static readonly string OutcomeOfPhase =
        $"CASE phase {string.Join(' ', Enum.GetValues<EffectPhase>().Select(static phase => $"WHEN '{EnumText<EffectPhase>.Of(phase)}' THEN '{EnumText<EffectOutcome>.Of(new EffectState(phase).Outcome)}'"))} END";

    private const string PutAnswer =
        "UPDATE idempotency_keys SET answer_status = $3, answer_type = $4, answer_location = $5, answer_body = $6 WHERE tenant = $1 AND effect = $2";

    /// <summary>Counts as a change of the row: a worker that read it before must read it again.</summary>
    private const string WakeWaiting =
        "UPDATE effects SET next_action_at = $4, waits_for = NULL, version = version + 1, updated_at = $5 "
        + "WHERE tenant = $1 AND connection = $2 AND at_rest = 0 AND waits_for = $3";

    public ValueTask<Effect?> GetAsync(TenantId tenant, EffectId id, CancellationToken cancellationToken) =>
        reads.FirstAsync<Effect>(ById, EffectRows.Read, [tenant, id], cancellationToken);

    public ValueTask<Page<Effect>> ListAsync(TenantId tenant, EffectListFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        reads.PageByIdAsync(
            EffectRows.SelectBrief,
            tenant,
            page,
            EffectRows.Read,
            static effect => effect.Id.Text,
            cancellationToken,
            // What has not ended is found by the partial index of what is not at rest.
            ($"{(filter.Outcome is EffectOutcome.Pending or EffectOutcome.Unknown ? "at_rest = 0 AND " : "")}{OutcomeOfPhase} = ", EnumText<EffectOutcome>.OfOrNull(filter.Outcome)),
            ("connection = ", filter.Connection),
            ("kind = ", filter.Kind));

    public async ValueTask<IReadOnlyList<EffectAttempt>> ListAttemptsAsync(TenantId tenant, EffectId id, CancellationToken cancellationToken)
    {
        var attempts = await reads.AllAsync(
            $"{EffectRows.SelectAttempts} WHERE tenant = $1 AND effect = $2 ORDER BY number DESC LIMIT $3",
            EffectRows.ReadAttempt,
            [tenant, id, AttemptLimit],
            cancellationToken);
        attempts.Reverse();
        return attempts;
    }

    public async ValueTask<IReadOnlyList<EffectHandle>> ListDueAsync(
        DateTimeOffset now, long epoch, IReadOnlyList<string> except, int limit, CancellationToken cancellationToken)
    {
        var due = await reads.AllAsync(Due, EffectRows.ReadHandle, [now, epoch, limit, .. Excepted(except)], cancellationToken);
        return due.Count > limit ? due[..limit] : due;
    }

    public async ValueTask<IReadOnlyList<EffectHandle>> ListOpenAsync(TenantId? afterTenant, EffectId? afterId, int limit, CancellationToken cancellationToken) =>
        await reads.AllAsync(
            $"SELECT {EffectRows.HandleColumns} FROM effects WHERE at_rest = 0 AND (tenant > $1 OR (tenant = $1 AND id > $2)) ORDER BY tenant, id LIMIT $3",
            EffectRows.ReadHandle,
            [afterTenant?.Text ?? string.Empty, afterId?.Text ?? string.Empty, limit],
            cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(IReadOnlyList<string> except, CancellationToken cancellationToken) =>
        reads.FirstAsync(
            "SELECT next_action_at FROM effects WHERE next_action_at IS NOT NULL AND connection NOT IN ($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY next_action_at, id LIMIT 1",
            static row => row.TimeOrNull(),
            [.. Excepted(except)],
            cancellationToken);

    public async ValueTask<EffectTotals> TotalsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var phases = await reads.AllAsync(
            "SELECT phase, count(*), min(phase_since) FROM effects WHERE at_rest = 0 GROUP BY phase",
            static row => (Phase: EnumText<EffectPhase>.Read(row.Text()), Count: row.Long(), Oldest: row.TimeOrNull()),
            [],
            cancellationToken);
        var oldestUnknown = phases.Find(static phase => phase.Phase == EffectPhase.Unknown).Oldest;
        var next = await NextDueAsync([], cancellationToken);
        return new EffectTotals(phases.ToDictionary(static phase => phase.Phase, static phase => phase.Count), oldestUnknown, next < now ? next : null);
    }

    public ValueTask<IdempotencyRecord?> FindKeyAsync(TenantId tenant, string client, string key, CancellationToken cancellationToken) =>
        reads.FirstAsync<IdempotencyRecord>(KeyByName, EffectRows.ReadKey, [tenant, client, key], cancellationToken);

    public Effect? Get(IWriteSession session, TenantId tenant, EffectId id) =>
        WriteSession.ChannelOf(session).First<Effect>(ById, EffectRows.Read, tenant, id);

    public IdempotencyRecord? FindKey(IWriteSession session, TenantId tenant, string client, string key) =>
        WriteSession.ChannelOf(session).First<IdempotencyRecord>(KeyByName, EffectRows.ReadKey, tenant, client, key);

    public void Insert(IWriteSession session, Effect effect) =>
        WriteSession.ChannelOf(session).Post(EffectRows.Insert, EffectRows.InsertValues(effect));

    public bool TryUpdate(IWriteSession session, Effect effect, long expectedVersion) =>
        WriteSession.ChannelOf(session).Execute(EffectRows.Update, EffectRows.UpdateValues(effect, expectedVersion)) == 1;

    public int PutAttempt(IWriteSession session, EffectAttempt attempt)
    {
        var channel = WriteSession.ChannelOf(session);
        if (attempt.Kind == "lookup"
            && channel.First<EffectAttempt>($"{EffectRows.SelectAttempts} WHERE tenant = $1 AND effect = $2 ORDER BY number DESC LIMIT 1", EffectRows.ReadAttempt, attempt.Tenant, attempt.Effect) is { } last
            && last.ShowedTheSameAs(attempt))
        {
            attempt = attempt with { Number = last.Number, StartedAt = last.StartedAt };
        }

        channel.Post(EffectRows.PutAttempt, EffectRows.AttemptValues(attempt));
        return attempt.Number;
    }

    public void InsertKey(IWriteSession session, IdempotencyRecord record) =>
        WriteSession.ChannelOf(session).Post(EffectRows.InsertKey, EffectRows.KeyValues(record));

    public void StoreAnswer(IWriteSession session, TenantId tenant, EffectId effect, StoredAnswer? answer) =>
        WriteSession.ChannelOf(session).Post(PutAnswer, tenant, effect, answer?.Status, answer?.ContentType, answer?.Location, answer?.Body);

    private static IEnumerable<SqlValue> Excepted(IReadOnlyList<string> connections) =>
        Enumerable.Range(0, MostExcepted).Select(i => (SqlValue)(i < connections.Count ? connections[i] : string.Empty));

    public void Wake(IWriteSession session, TenantId tenant, string connection, string waitsFor, DateTimeOffset at) =>
        WriteSession.ChannelOf(session).Post(WakeWaiting, tenant, connection, waitsFor, at, session.Now);
}
