using Microsoft.Extensions.Hosting;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors;
using Qrossing.Core.Persistence;
using Qrossing.Core.Storage;
using Qrossing.Gateway.Rest.Connections;

namespace Qrossing.Gateway.Health;

/// <summary>Whether this process can do its work now. Asked at most once a second, however often somebody looks.</summary>
internal sealed class Readiness(IDatabase database, IWriter writer, DiskProbe disk, ConnectionDirectory connections, IHostApplicationLifetime lifetime, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private const string EmbeddedEngine = "sqlite"; // lies on the same disk
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1);
    private (DateTimeOffset Time, ReadinessView View)? _known;

    /// <summary>The state now.</summary>
    public async Task<ReadinessView> CheckAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (_known is not { } known || now - known.Time >= Fresh || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                _known = known = (now, await ReadAsync(cancellationToken));
            }

            return known.View;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<ReadinessView> ReadAsync(CancellationToken cancellationToken)
    {
        // An empty unit commits without a byte: on a full disk the writer answers it and refuses every other.
        var space = HealthCheckView.Of(disk.Check());
        var checks = new Dictionary<string, HealthCheckView>
        {
            ["database"] = await TryAsync(async token => await database.PingAsync(token) ? null : "The database does not answer.", cancellationToken),
            ["schema"] = await TryAsync(database.CheckSchemaAsync, cancellationToken),
            ["disk"] = space,
            ["writer"] = !space.Ok && database.Engine == EmbeddedEngine ? space : await TryAsync(async token => await writer.WriteAsync(static _ => true, token) ? null : "The writer stands.", cancellationToken),
            ["ownership"] = HealthCheckView.Of(database.OwnershipLost.IsCancellationRequested ? "Another process owns the database." : null),
            ["process"] = HealthCheckView.Of(lifetime.ApplicationStopping.IsCancellationRequested ? "The process is stopping." : null),
        };
        return new ReadinessView
        {
            Status = checks.Values.All(static check => check.Ok) ? ReadinessView.Ready : ReadinessView.NotReady,
            Checks = checks,
            Connections = connections.List(TenantId.Default)
                .GroupBy(static connection => ConnectorView.Snake(connection.State))
                .ToDictionary(static group => group.Key, static group => group.Count()),
        };
    }

    private async Task<HealthCheckView> TryAsync(Func<CancellationToken, Task<string?>> check, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return HealthCheckView.Of(await check(either.Token).WaitAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckView.Of("No answer within two seconds.");
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or System.Data.Common.DbException)
        {
            return HealthCheckView.Of(failure.GetType().Name); // the message may name hosts and files: it is in the log
        }
    }
}
