using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Persistence;
using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit.Integration;

/// <summary>
/// Takes committed entries into the Merkle tree, in order, one unit per batch: 1. read; 2. hash; 3. sign; 4. store tree and tiles.
/// The one owner of the tree. It may be stopped anywhere: what is not integrated is read again.
/// </summary>
public sealed class AuditIntegrationWorker(
    IAuditStore store, IWriter writer, LogHead head, AuditHead integrated, NoteSigner signer, TimeProvider clock, ILogger<AuditIntegrationWorker> log)
    : BackgroundService
{
    // A batch is what arrived while the last one was stored, as with the writer: no timer, and at most so many.
    private const int MaxBatch = 2_000;

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    private readonly RepeatedTrouble _trouble = new(clock);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await IntegrateAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StorageUnavailableException exception)
            {
                Tell(exception);
                await Task.Delay(PauseAfterFault, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task IntegrateAsync(CancellationToken cancellationToken)
    {
        var edge = await LoadAsync(cancellationToken);
        integrated.Advance(edge.Size);
        while (true)
        {
            var seen = head.Position;
            var started = Stopwatch.GetTimestamp();
            var entries = await store.ReadEntriesAsync(edge.Size, MaxBatch, cancellationToken);
            if (entries.Count == 0)
            {
                TellRecovery();
                await head.WaitAsync(seen, cancellationToken);
                continue;
            }

            foreach (var entry in entries)
            {
                edge.Append(entry.Span);
            }

            var checkpoint = new Checkpoint(signer.VerifierKey.Name, edge.Size, edge.Root());
            var tree = new AuditTree(edge.Size, edge.Frontier(), signer.Sign(checkpoint.ToString()).ToString());
            var tiles = edge.TakeChanges();
            CrashPoint.Hit(AuditCrashPoints.BeforeIntegrate);
            await writer.WriteAsync(
                session =>
                {
                    store.Integrate(session, tree, tiles);
                    return true;
                },
                CancellationToken.None);
            TellRecovery();
            AuditTelemetry.Integrated(entries.Count, started);
            integrated.Advance(edge.Size);
        }
    }

    private void Tell(StorageUnavailableException exception)
    {
        switch (_trouble.Failed())
        {
            case 0:
                Log.IntegrationFailed(log, exception);
                break;
            case { } count:
                Log.IntegrationStillFails(log, count);
                break;
        }
    }

    private void TellRecovery()
    {
        if (_trouble.Over() is { } count)
        {
            Log.IntegrationRecovered(log, count);
        }
    }

    private async Task<TileEdge> LoadAsync(CancellationToken cancellationToken)
    {
        var tree = await store.GetTreeAsync(cancellationToken);
        var tiles = await store.GetTilesAsync(TileEdge.OpenTiles(tree.Size), cancellationToken);
        return TileEdge.Load(tree.Size, tiles);
    }
}
