#pragma warning disable MA0025, CA1852 // Broken on purpose: what the analyzers catch, the suite must catch in code that was built without them.
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Tests.TestKit.Compliance.Broken.Peer;

/// <summary>Breaks every rule that a compiler lets it break.</summary>
[Connector("broken.other_peer", Summary = "No sentence", Options = typeof(BrokenOptions))]
internal sealed class BrokenConnector : IProbes
{
    private static readonly List<string> Seen = [];
    private int _count;

    public BrokenConnector(BrokenOptions options) => _count = options.PrivateKey.Length;

    public BrokenConnector()
    {
    }

    public async ValueTask<ConnectorResult<PeerHealth>> ProbeAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        Seen.Add($"{++_count}");
        await Task.Run(() => { }, cancellationToken);
        using var http = new HttpClient();
        throw new NotImplementedException();
    }
}

internal record BrokenOptions
{
    public string PrivateKey { get; set; } = "";
}
