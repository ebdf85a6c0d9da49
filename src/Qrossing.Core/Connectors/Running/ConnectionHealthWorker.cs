using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors.Running;

/// <summary>Probes the connections in use, every half minute or so, a few at a time.</summary>
internal sealed class ConnectionHealthWorker(ConnectionDirectory directory, ConnectionProbe probe, TimeProvider clock, ILogger<ConnectionHealthWorker> log) : BackgroundService
{
    private const int AtOnce = 8;
    private const int ShortestPauseMilliseconds = 25_000;
    private const int LongestPauseMilliseconds = 35_000;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stoppingToken);
                await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(ShortestPauseMilliseconds, LongestPauseMilliseconds)), clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                directory.Instances.Where(instance => instance is { Record.Status: ConnectionText.Active, Connector: IProbes }),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                async (instance, cancellationToken) => await probe.ProbeAsync(instance, cancellationToken));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.ProbesFailed(log, failure); // a bug of ours: connectors' own come back as faults
        }
    }
}
