using Qrossing.Core.Connectors;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core.Connectors;

[Trait("Kind", "unit")]
public sealed class ConnectionProbeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("probe");
    private ConnectorRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await ConnectorRig.OpenAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Test_says_who_the_peer_is_or_what_is_wrong_and_the_view_follows()
    {
        var answer = RawPeer.Ok("peer/1.0");
        await using var peer = new RawPeer((_, _) => Volatile.Read(ref answer));
        await _rig.ConnectAsync(peer.BaseUrl);

        Assert.Equal(("peer/1.0", ConnectionState.Ready), await TestAsync());
        Volatile.Write(ref answer, RawPeer.Status(401));
        Assert.Equal(("test.unauthorized", ConnectionState.Degraded), await TestAsync());
        Volatile.Write(ref answer, RawPeer.Status(500));
        Assert.Equal(("test.failed", ConnectionState.Unreachable), await TestAsync());
        Volatile.Write(ref answer, RawPeer.Ok("peer/1.1"));
        Assert.Equal(("peer/1.1", ConnectionState.Ready), await TestAsync());
    }

    [Fact]
    public async Task Paused_connection_is_tested_and_a_disabled_one_is_not()
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok("peer/1.0"));
        await _rig.ConnectAsync(peer.BaseUrl);
        await _rig.Directory.PauseAsync(ConnectorRig.Tenant, ConnectorRig.Id, "peer.said_no", CancellationToken.None);
        Assert.Equal(("peer/1.0", ConnectionState.Paused), await TestAsync());

        await _rig.Directory.SetStatusAsync(ConnectorRig.Tenant, ConnectorRig.Id, ConnectionText.Disabled, null, ConnectorRig.Operator, CancellationToken.None);
        var refused = await _rig.Get<ConnectionProbe>().TestAsync(ConnectorRig.Tenant, ConnectorRig.Id, CancellationToken.None);

        Assert.Equal("connections.disabled", refused.Refusal!.Error.Code);
        Assert.Single(peer.Requests);
    }

    private async Task<(string Said, ConnectionState State)> TestAsync()
    {
        var test = (await _rig.Get<ConnectionProbe>().TestAsync(ConnectorRig.Tenant, ConnectorRig.Id, CancellationToken.None)).Value!;
        return (test.Peer?.Peer ?? test.Fault!.Code, test.Connection.State);
    }
}
