using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects.Running;

/// <summary>
/// After a restore: keeps <see cref="SendingGate"/> shut until the peer of every effect that was open in the backup has answered a lookup, then clears
/// the database's mark. The looking-up itself is the effect worker's; a connection that is not active does not hold the others, since nothing can leave through it.
/// </summary>
internal sealed class RestoreWorker(
    IDatabase database, IWriter writer, IEffectStore store, IPausesConnections connections, SendingGate gate, TimeProvider clock, ILogger<RestoreWorker> log) : BackgroundService
{
    private const int PageSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await database.RestoredAtAsync(cancellationToken) is { } restoredAt)
        {
            gate.Shut(restoredAt);
            EffectLog.RestoreFound(log, restoredAt);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (gate.RestoredAt is { } restoredAt)
            {
                if (await IsLookedUpAsync(stoppingToken))
                {
                    await writer.WriteAsync(session => ClearMark(session, restoredAt), stoppingToken);
                    gate.Open();
                    EffectLog.RestoreSettled(log);
                    return;
                }

                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start begins anew.
        }
    }

    private bool ClearMark(IWriteSession session, DateTimeOffset restoredAt)
    {
        database.ClearRestored(session);
        session.Append(new AuditDraft
        {
            Tenant = Abstractions.Values.TenantId.Default,
            Action = "database.restore_settled",
            Actor = "system",
            Payload = new JsonObject { ["restoredAt"] = restoredAt.UtcDateTime.ToString("O") },
        });
        return true;
    }

    private async Task<bool> IsLookedUpAsync(CancellationToken cancellationToken)
    {
        EffectHandle? last = null;
        while (true)
        {
            var page = await store.ListOpenAsync(last?.Tenant, last?.Id, PageSize, cancellationToken);
            foreach (var effect in page)
            {
                if (gate.Doubts(effect.CreatedAt) && !gate.WasLookedUp(effect.Id) && connections.IsActive(effect.Tenant, effect.Connection))
                {
                    return false;
                }
            }

            if (page.Count < PageSize)
            {
                return true;
            }

            last = page[^1];
        }
    }
}
