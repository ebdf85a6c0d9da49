using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Connectors.Running;

/// <summary>The units that change connections, each with its audit entry and event.</summary>
internal sealed class ConnectionUnits(IConnectionStore store, IEffectStore effects, IWriter writer, ConnectionJournal journal)
{
    /// <summary>Every stored connection.</summary>
    public ValueTask<IReadOnlyList<ConnectionRecord>> ListAllAsync(CancellationToken cancellationToken) => store.ListAllAsync(cancellationToken);

    /// <summary>Whether a connection takes calls, as this unit sees it.</summary>
    public bool IsActive(IWriteSession session, TenantId tenant, string id) => store.Get(session, tenant, id)?.Status == ConnectionText.Active;

    /// <summary>Inserts; refused when the id is taken.</summary>
    public Task<Result<ConnectionRecord>> InsertAsync(ConnectionDraft draft, byte[] options, JsonObject shown, ConnectionAuthor by, CancellationToken cancellationToken) =>
        writer.WriteAsync<Result<ConnectionRecord>>(
            session =>
            {
                if (store.Get(session, draft.Tenant, draft.Id) is not null)
                {
                    return new Refusal(ConnectorErrors.Exists, $"There is a connection '{draft.Id}'.");
                }

                var record = new ConnectionRecord
                {
                    Tenant = draft.Tenant,
                    Id = draft.Id,
                    Kind = draft.Kind,
                    Options = options,
                    Status = ConnectionText.Active,
                    Environment = draft.Environment,
                    ManagedBy = by.ManagedBy,
                    Version = 1,
                    CreatedAt = session.Now,
                    UpdatedAt = session.Now,
                };
                store.Insert(session, record);
                journal.Write(session, record, "created", by, shown);
                return record;
            },
            cancellationToken);

    /// <summary>Writes over a version. What becomes active wakes the effects that wait for it.</summary>
    public Task<Result<ConnectionRecord>> ReplaceAsync(
        ConnectionRecord before, ConnectionRecord after, string action, ConnectionAuthor by, JsonObject? shown, CancellationToken cancellationToken) =>
        writer.WriteAsync<Result<ConnectionRecord>>(
            session =>
            {
                var record = after with { Version = before.Version + 1, UpdatedAt = session.Now };
                if (!store.TryUpdate(session, record, before.Version))
                {
                    return new Refusal(ConnectorErrors.VersionConflict, $"Connection '{record.Id}' was changed meanwhile.");
                }

                if (record.Status == ConnectionText.Active && before.Status != ConnectionText.Active)
                {
                    effects.Wake(session, record.Tenant, record.Id, EffectSchedule.ConnectionPaused, session.Now);
                }

                journal.Write(session, record, action, by, shown);
                return record;
            },
            cancellationToken);

    /// <summary>Deletes; the refusal while effects that are not at rest or objects use it, null when it is gone.</summary>
    public Task<Refusal?> DeleteAsync(ConnectionRecord record, ConnectionAuthor by, CancellationToken cancellationToken) =>
        writer.WriteAsync<Refusal?>(
            session =>
            {
                if (store.IsInUse(session, record.Tenant, record.Id))
                {
                    return new Refusal(ConnectorErrors.InUse, $"Effects that are not at rest go through '{record.Id}'.");
                }

                if (store.HoldsObjects(session, record.Tenant, record.Id))
                {
                    return new Refusal(ConnectorErrors.InUse, $"The content of objects lies at '{record.Id}' and could not be read any more.");
                }

                store.Delete(session, record.Tenant, record.Id);
                journal.Write(session, record, "deleted", by);
                return null;
            },
            cancellationToken);
}
