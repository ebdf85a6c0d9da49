using System.Globalization;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;
using Qrossing.Core.Webhooks;
using Qrossing.Data.Sql;
using Qrossing.Data.Writing;

namespace Qrossing.Data.Stores;

/// <summary>Subscriptions and their deliveries.</summary>
internal sealed class SubscriptionStore(SqlReads reads) : ISubscriptionStore
{
    private const string Columns =
        "tenant, id, url, types, status, status_reason, sealed_secrets, old_secret_until, failing_since, created_by, version, created_at";

    private const string Select = $"SELECT {Columns}, cursor FROM subscriptions";

    private static readonly string InsertSql = SqlText.Insert("subscriptions", $"{Columns}, cursor");
    private static readonly string UpdateSql = $"{SqlText.Update("subscriptions", Columns)} WHERE tenant = $1 AND id = $2 AND version = $13";

    private const string MoveCursorSql =
        "UPDATE subscriptions SET cursor = CASE WHEN cursor < $3 THEN $3 ELSE cursor END, failing_since = $4 WHERE tenant = $1 AND id = $2";

    private const string TotalsSql =
        """
        SELECT (SELECT count(*) FROM deliveries WHERE at_rest = 0),
               (SELECT count(*) FROM deliveries WHERE status = 'dead'),
               (SELECT coalesce(max(log_head.position - subscriptions.cursor), 0) FROM subscriptions, log_head WHERE subscriptions.status = 'active')
        """;

    public ValueTask<Subscription?> GetAsync(TenantId tenant, SubscriptionId id, CancellationToken cancellationToken) =>
        reads.FirstAsync<Subscription>($"{Select} WHERE tenant = $1 AND id = $2", Read, [tenant, id.Text], cancellationToken);

    public ValueTask<Page<Subscription>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken) =>
        reads.PageByIdAsync(Select, tenant, page, Read, static subscription => subscription.Id.Text, cancellationToken);

    public async ValueTask<IReadOnlyList<Subscription>> ListActiveAsync(CancellationToken cancellationToken) =>
        await reads.AllAsync($"{Select} WHERE status = 'active' ORDER BY tenant, id", Read, [], cancellationToken);

    public Subscription? Get(IWriteSession session, TenantId tenant, SubscriptionId id) =>
        WriteSession.ChannelOf(session).First<Subscription>($"{Select} WHERE tenant = $1 AND id = $2", Read, tenant, id.Text);

    public void Insert(IWriteSession session, Subscription subscription) =>
        WriteSession.ChannelOf(session).Post(InsertSql, [.. ValuesOf(subscription), subscription.Cursor]);

    public bool TryUpdate(IWriteSession session, Subscription subscription, long expectedVersion) =>
        WriteSession.ChannelOf(session).Execute(UpdateSql, [.. ValuesOf(subscription), expectedVersion]) == 1;

    public bool Delete(IWriteSession session, TenantId tenant, SubscriptionId id)
    {
        var channel = WriteSession.ChannelOf(session);
        channel.Post("DELETE FROM deliveries WHERE tenant = $1 AND subscription = $2 AND at_rest = 0", tenant, id.Text);
        return channel.Execute("DELETE FROM subscriptions WHERE tenant = $1 AND id = $2", tenant, id.Text) == 1;
    }

    public void MoveCursor(IWriteSession session, TenantId tenant, SubscriptionId id, long cursor, DateTimeOffset? failingSince) =>
        WriteSession.ChannelOf(session).Post(MoveCursorSql, tenant, id.Text, cursor, failingSince);

    public ValueTask<Delivery?> GetDeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken) =>
        reads.FirstAsync<Delivery>($"{DeliveryRows.Select} WHERE tenant = $1 AND id = $2", DeliveryRows.Read, [tenant, id.Text], cancellationToken);

    /// <summary>By the position of their events, and by id where one event goes to many subscriptions: a delivery's id says nothing of its age.</summary>
    public async ValueTask<Page<Delivery>> ListDeliveriesAsync(
        TenantId tenant, SubscriptionId? subscription, DeliveryStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        List<SqlValue> values = [tenant, page.Limit + 1];
        var sql = $"{DeliveryRows.Select} WHERE tenant = $1";
        if (subscription is { } wanted)
        {
            values.Add(wanted.Text);
            sql += $" AND subscription = ${values.Count}";
        }

        if (status is { } only)
        {
            sql += $" AND status = '{EnumText<DeliveryStatus>.Of(only)}'"; // in the text, so that the partial index of dead letters applies
        }

        if (PageCursor.Read(page) is { } cursor)
        {
            var (position, id) = ReadCursor(cursor);
            values.Add(position);
            values.Add(id);
            sql += $" AND (position, id) < (${values.Count - 1}, ${values.Count})";
        }

        var deliveries = await reads.AllAsync($"{sql} ORDER BY position DESC, id DESC LIMIT $2", DeliveryRows.Read, [.. values], cancellationToken);
        return PageCursor.Cut(deliveries, page, static last => string.Create(CultureInfo.InvariantCulture, $"{last.Position} {last.Id.Text}"));
    }

    public async ValueTask<IReadOnlyList<Delivery>> ListDeliveriesOfAsync(
        TenantId tenant, IReadOnlyList<long> positions, CancellationToken cancellationToken) =>
        positions.Count == 0
            ? []
            : await reads.AllAsync(
                $"{DeliveryRows.Select} WHERE tenant = $1 AND position IN ({SqlText.Parameters(2, positions.Count)}) ORDER BY position, id",
                DeliveryRows.Read,
                [tenant, .. positions.Select(static position => (SqlValue)position)],
                cancellationToken);

    public async ValueTask<IReadOnlyList<Delivery>> ListWaitingAsync(
        TenantId tenant, SubscriptionId subscription, long afterPosition, int limit, CancellationToken cancellationToken) =>
        await reads.AllAsync(
            $"{DeliveryRows.Select} WHERE tenant = $1 AND subscription = $2 AND position > $3 AND at_rest = 0 ORDER BY position LIMIT $4",
            DeliveryRows.Read,
            [tenant, subscription.Text, afterPosition, limit],
            cancellationToken);

    public bool PutDelivery(IWriteSession session, Delivery delivery) =>
        WriteSession.ChannelOf(session).Execute(DeliveryRows.Put, DeliveryRows.ValuesOf(delivery)) == 1;

    public void Requeue(IWriteSession session, Delivery delivery) =>
        WriteSession.ChannelOf(session).Post(DeliveryRows.Requeue, DeliveryRows.ValuesOf(delivery));

    public async ValueTask<DeliveryTotals> TotalsAsync(CancellationToken cancellationToken) =>
        (await reads.FirstAsync(TotalsSql, static row => new DeliveryTotals(row.Long(), row.Long(), row.Long()), [], cancellationToken))!;

    private static (long Position, string Id) ReadCursor(string cursor)
    {
        var space = cursor.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && long.TryParse(cursor.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? (position, cursor[(space + 1)..])
            : throw new FormatException("The page cursor belongs to another list.");
    }

    private static SqlValue[] ValuesOf(Subscription subscription) =>
    [
        subscription.Tenant, subscription.Id.Text, subscription.Url, SqlText.FromList(subscription.Types), subscription.Status,
        subscription.StatusReason, SqlText.FromList(subscription.SealedSecrets), subscription.OldSecretUntil, subscription.FailingSince,
        subscription.CreatedBy, subscription.Version, subscription.CreatedAt,
    ];

    private static Subscription Read(SqlRow row) => new()
    {
        Tenant = row.Tenant(),
        Id = row.Id<SubscriptionId>(),
        Url = row.Text(),
        Types = row.Texts(),
        Status = row.Text(),
        StatusReason = row.TextOrNull(),
        SealedSecrets = row.Texts(),
        OldSecretUntil = row.TimeOrNull(),
        FailingSince = row.TimeOrNull(),
        CreatedBy = row.Text(),
        Version = row.Long(),
        CreatedAt = row.Time(),
        Cursor = row.Long(),
    };
}
