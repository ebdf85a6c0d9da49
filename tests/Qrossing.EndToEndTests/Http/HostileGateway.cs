using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Http;

/// <summary>A gateway with little patience, so that what it ends by itself ends soon.</summary>
public sealed class HostileGateway : IAsyncLifetime
{
    private GatewayProcess? _gateway;
    private int _before;

    public GatewayProcess Gateway => _gateway ?? throw new InvalidOperationException("Not started.");

    /// <summary>How often the gateway logged since <see cref="Begin"/> that it made a mistake.</summary>
    public int NewMistakes => Mistakes - _before;

    private int Mistakes => Gateway.AllOutput.Split("failed unexpectedly").Length - 1;

    /// <summary>Begins a test.</summary>
    public void Begin() => _before = Mistakes;

    public async ValueTask InitializeAsync() => _gateway = await GatewayProcess.StartAsync(new GatewayOptions
    {
        Settings = new Dictionary<string, string>
        {
            ["Gateway:Limits:HeadersTimeout"] = "00:00:01",
            ["Gateway:Limits:KeepAliveTimeout"] = "00:00:01",
        },
    });

    public ValueTask DisposeAsync() => _gateway?.DisposeAsync() ?? ValueTask.CompletedTask;
}
