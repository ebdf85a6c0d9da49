using System.Net;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Egress;

namespace Qrossing.Tests.Core.Connectors;

[Trait("Kind", "security")]
public sealed class EgressPolicyTests
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("ff02::1")]
    public void Special_purpose_address_is_refused_unless_listed(string address) => Assert.False(Policy().Allows("peer.test", 443, IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("11.0.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:1.1.1.1")]
    public void Public_address_is_allowed(string address) => Assert.True(Policy().Allows("peer.test", 443, IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/8", "peer.test", 80, "10.9.9.9", true)]
    [InlineData("10.0.0.0/8", "peer.test", 80, "::ffff:10.9.9.9", true)]
    [InlineData("10.0.0.0/8", "peer.test", 80, "192.168.0.1", false)]
    [InlineData("127.0.0.1", "localhost", 80, "127.0.0.1", true)]
    [InlineData("127.0.0.1", "localhost", 80, "127.0.0.2", false)]
    [InlineData("127.0.0.1", "localhost", 80, "::1", false)]
    [InlineData("127.0.0.1:8545", "127.0.0.1", 8545, "127.0.0.1", true)]
    [InlineData("127.0.0.1:8545", "127.0.0.1", 8546, "127.0.0.1", false)]
    [InlineData("[::1]:8545", "::1", 8545, "::1", true)]
    [InlineData("::1", "::1", 1, "::1", true)]
    [InlineData("fd00::/8", "peer.test", 1, "fd12::1", true)]
    [InlineData("Peer.Internal", "peer.internal", 1, "10.0.0.1", true)]
    [InlineData("peer.internal", "peer.internal.", 1, "10.0.0.1", true)]
    [InlineData("peer.internal", "evil.peer.internal", 1, "10.0.0.1", false)]
    [InlineData("peer.internal:81", "peer.internal", 81, "10.0.0.1", true)]
    [InlineData("peer.internal:81", "peer.internal", 82, "10.0.0.1", false)]
    public void Listed_host_address_or_block_is_allowed_and_nothing_beside_it(string entry, string host, int port, string address, bool allowed) =>
        Assert.Equal(allowed, Policy(entry).Allows(host, port, IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("http://peer.test")]
    [InlineData("peer.test:0")]
    [InlineData("peer.test:65536")]
    [InlineData("*.peer.test")]
    [InlineData("")]
    [InlineData("127.1")]
    public void Entry_that_is_no_host_address_or_block_stops_the_start(string entry) =>
        Assert.Contains($"Egress:Allow has entries", Assert.Throws<FormatException>(() => Policy(entry)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1/", true)]
    [InlineData("http://2130706433/", true)]
    [InlineData("http://0x7f.1/", true)]
    [InlineData("http://[::ffff:7f00:1]/", true)]
    [InlineData("http://inside.test/", true)]
    [InlineData("http://mixed.test/", true)]
    [InlineData("http://outside.test/", false)]
    [InlineData("http://unknown.test/", false)]
    public async Task Url_is_checked_when_it_is_configured(string url, bool refused)
    {
        var resolver = new StubResolver().Tell("inside.test", "10.0.0.1").Tell("mixed.test", "1.1.1.1", "10.0.0.1").Tell("outside.test", "1.1.1.1");

        var fault = await new EgressPolicy(new EgressOptions(), resolver).CheckAsync(new Uri(url), CancellationToken.None);

        Assert.Equal(refused ? "egress.refused" : null, fault?.Code);
    }

    [Fact]
    public async Task Name_that_changes_its_answer_is_refused_at_the_connect()
    {
        await using var canary = RawPeer.Answering(RawPeer.Ok());
        var resolver = new StubResolver().Tell("rebound.test", "1.1.1.1").Tell("rebound.test", "127.0.0.1");
        var policy = new EgressPolicy(new EgressOptions(), resolver);
        Assert.Null(await policy.CheckAsync(new Uri("http://rebound.test"), CancellationToken.None));

        using var handler = policy.CreateHandler(ConnectTimeout);
        using var client = new HttpClient(handler);
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://rebound.test:{canary.Port}")));

        Assert.Equal("egress.refused", Assert.IsType<PeerNotCalledException>(failure.InnerException).Fault.Code);
        Assert.Equal(0, canary.Bytes);
    }

    [Fact]
    public async Task Socket_goes_to_the_address_that_was_checked()
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok("here"));
        var resolver = new StubResolver().Tell("pinned.test", "127.0.0.1");

        using var handler = new EgressPolicy(new EgressOptions { Allow = ["127.0.0.1"] }, resolver).CreateHandler(ConnectTimeout);
        using var client = new HttpClient(handler);

        Assert.Equal("here", await client.GetStringAsync(new Uri($"http://pinned.test:{peer.Port}")));
        Assert.Contains("Host: pinned.test", peer.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_is_not_followed_and_no_cookie_is_kept()
    {
        await using var canary = RawPeer.Answering(RawPeer.Ok());
        await using var peer = RawPeer.Answering(RawPeer.Status(302, $"Location: {canary.BaseUrl}\r\nSet-Cookie: a=b\r\n"));
        using var handler = Policy("127.0.0.1").CreateHandler(ConnectTimeout);
        using var client = new HttpClient(handler);

        using var first = await client.GetAsync(peer.BaseUrl);
        using var second = await client.GetAsync(peer.BaseUrl);

        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
        Assert.Empty(canary.Requests);
        Assert.DoesNotContain("Cookie", peer.Requests.Last(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Library_that_opens_its_own_sockets_gets_a_checked_address_or_a_fault()
    {
        var resolver = new StubResolver().Tell("inside.test", "10.0.0.1").Tell("outside.test", "1.1.1.1");
        var policy = new EgressPolicy(new EgressOptions(), resolver);

        var outside = await policy.ResolveAsync("outside.test", 5672, CancellationToken.None);
        var inside = await policy.ResolveAsync("inside.test", 5672, CancellationToken.None);
        var unknown = await policy.ResolveAsync("unknown.test", 5672, CancellationToken.None);

        Assert.Equal(IPEndPoint.Parse("1.1.1.1:5672"), outside.Value);
        Assert.Equal("egress.refused", inside.Fault!.Code);
        Assert.Equal("egress.unresolved", unknown.Fault!.Code);
    }

    private static EgressPolicy Policy(params string[] allow) => new(new EgressOptions { Allow = allow }, new StubResolver());
}
