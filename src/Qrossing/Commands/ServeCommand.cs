using System.CommandLine;
using Qrossing.Composition;
using Qrossing.Gateway;

namespace Qrossing.Commands;

/// <summary><c>serve</c>: runs the gateway until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Run the gateway (default).");
        command.SetAction(RunDefaultAsync);
        return command;
    }

    /// <summary>Told to stop, it finishes or parks what is in flight and answers 0, also when that happens before it listens.</summary>
    public static async Task<int> RunDefaultAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = OptionsLoader.Load();
        await using var app = GatewayHost.Build(options);
        try
        {
            await GatewayStart.PrepareAsync(app.Services, options, cancellationToken);
            app.UseQrossingGateway(); // after the key ring is open: what the endpoints stand on takes its keys when it is made
            app.MapConsole();
            await ListenAsync(app, cancellationToken);
            await GatewayStart.AnnounceAsync(app, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await app.StopAsync(CancellationToken.None); // told to stop while starting: what runs already ends first
        }
        finally
        {
            await GatewayStart.CloseAsync(app.Services);
        }

        return GatewayStart.LostOwnership(app.Services) ? CommandRunner.Failed : CommandRunner.Done;
    }

    private static async Task ListenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            await app.StopAsync(CancellationToken.None); // the workers that started already: they stand on the database that is closed next
            throw new CommandFailedException($"The gateway cannot listen: {taken.Message}", taken);
        }
    }
}
