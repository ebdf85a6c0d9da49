using Qrossing.TestKit.Network;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Modules;

/// <summary>A gateway with one module, whose every byte the test decides.</summary>
public sealed class ModulePeer : IAsyncLifetime
{
    /// <summary>The module's prefix, which no request may leave.</summary>
    public const string Prefix = "/inner/qdrive/";

    private readonly RawHttpPeer _peer;
    private GatewayClient? _client;
    private int _before;

    public ModulePeer() => _peer = RawHttpPeer.Start(request => IsProbe(request) ? RawHttpPeer.Reply(200, """{"status":"ok"}""") : Answer(request));

    /// <summary>What the module answers; null: silence.</summary>
    public Func<RawRequest, byte[]?> Answer { get; set; } = _ => [];

    internal GatewayClient Client => _client ?? throw new InvalidOperationException("Not started.");

    internal Uri Url => _peer.BaseUrl;

    /// <summary>What the module received since <see cref="Begin"/>, the gateway's own probes left out.</summary>
    public IReadOnlyList<RawRequest> Received => [.. _peer.Received.Skip(_before).Where(request => !IsProbe(request))];

    /// <summary>Begins a test: a whole JSON answer to everything, and nothing received.</summary>
    public void Begin()
    {
        Answer = _ => RawHttpPeer.Reply(200, """{"ok":true}""", "Content-Type: application/json");
        _before = _peer.Received.Count;
    }

    /// <summary>Ends when the module has received so many requests since <see cref="Begin"/>.</summary>
    public Task WaitForAsync(int count) => _peer.WaitForAsync(_ => Received.Count >= count, TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() => _client = new GatewayClient(await GatewayProcess.StartAsync(new GatewayOptions
    {
        Settings = new Dictionary<string, string>
        {
            ["Egress:Allow:0"] = "127.0.0.1",
            ["Modules:qdrive:BaseUrl"] = _peer.BaseUrl.ToString(),
            ["Modules:qdrive:Prefix"] = Prefix.TrimEnd('/'),
            ["Modules:qdrive:Dialect"] = "bare",
        },
    }));

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.Gateway.DisposeAsync();
        }

        await _peer.DisposeAsync();
    }

    private static bool IsProbe(RawRequest request) => request.Target == $"{Prefix}health";
}
