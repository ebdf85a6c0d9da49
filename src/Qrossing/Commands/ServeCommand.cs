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

    public static async Task<int> RunDefaultAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = OptionsLoader.Load();
        await using var app = GatewayHost.Build(options);
        await GatewayStart.PrepareAsync(app.Services, options, cancellationToken);
        app.UseQrossingGateway(); // after the key ring is open: what the endpoints stand on takes its keys when it is made
        app.MapConsole();
        try
        {
            await app.StartAsync(cancellationToken);
            await GatewayStart.AnnounceAsync(app, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
        }
        finally
        {
            await GatewayStart.CloseAsync(app.Services);
        }

        return GatewayStart.LostOwnership(app.Services) ? CommandRunner.Failed : CommandRunner.Done;
    }
}
