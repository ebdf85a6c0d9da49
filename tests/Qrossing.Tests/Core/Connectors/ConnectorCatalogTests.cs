using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors;

namespace Qrossing.Tests.Core.Connectors;

[Trait("Kind", "unit")]
public sealed class ConnectorCatalogTests
{
    [Fact]
    public void Connector_is_found_with_what_its_attribute_says()
    {
        var catalog = new ConnectorCatalog([typeof(PeerConnector), typeof(string)]);

        Assert.True(catalog.TryGet("test.peer", out var peer));
        Assert.Equal("A peer of the tests.", peer.Summary);
        Assert.Equal(Stability.Beta, peer.Stability);
        Assert.Equal(DataClass.Pseudonymous, peer.Data);
        Assert.Equal([typeof(IProbes)], peer.Capabilities);
        Assert.True(peer.Has<IProbes>());
        Assert.False(catalog.TryGet("test.none", out _));
    }

    [Fact]
    public void Assembly_is_searched_whole_internal_classes_included() =>
        Assert.Contains("'test.twice'", Assert.Throws<InvalidOperationException>(() => new ConnectorCatalog([typeof(PeerConnector).Assembly])).Message, StringComparison.Ordinal);

    [Fact]
    public void Schema_says_types_required_members_defaults_ranges_and_descriptions()
    {
        var schema = new ConnectorCatalog([typeof(PeerConnector)]).All.Single().OptionsSchema;
        var properties = schema["properties"]!;

        Assert.Equal("object", schema["type"]!.GetValue<string>());
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        Assert.Equal(["baseUrl"], schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal("uri", properties["baseUrl"]!["format"]!.GetValue<string>());
        Assert.Equal("Where the peer is. A second sentence about http and Retries.", properties["baseUrl"]!["description"]!.GetValue<string>());
        Assert.Equal("secret", properties["apiKey"]!["format"]!.GetValue<string>());
        Assert.Equal(["string", "null"], properties["apiKey"]!["type"]!.AsArray().Select(type => type!.GetValue<string>()));
        Assert.Equal((1, 10, 3), (Number("minimum"), Number("maximum"), Number("default")));
        Assert.Equal("duration", properties["pause"]!["format"]!.GetValue<string>());
        Assert.Equal("PT30S", properties["pause"]!["default"]!.GetValue<string>());
        Assert.Equal("00:05:00", properties["pause"]!["formatMaximum"]!.GetValue<string>());
        Assert.Equal(["read_only", "read_write"], properties["mode"]!["enum"]!.AsArray().Select(mode => mode!.GetValue<string>()));
        Assert.Equal("^(?:[a-z]{2,8})$", properties["label"]!["pattern"]!.GetValue<string>());
        var account = properties["accounts"]!["items"]!;
        Assert.Equal(["name"], account["required"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(8, account["properties"]!["name"]!["maxLength"]!.GetValue<int>());

        int Number(string keyword) => properties["retries"]![keyword]!.GetValue<int>();
    }

    [Fact]
    public void Kind_declared_twice_stops_the_start_and_names_both() =>
        Assert.Contains("'test.twice' is declared by First and Second", Refused(typeof(First), typeof(Second)), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_breaks_the_contract_is_named_at_once()
    {
        var message = Refused(typeof(Shouting), typeof(Greedy), typeof(Idle));

        Assert.Contains("'Test.Loud' is not category.name", message, StringComparison.Ordinal);
        Assert.Contains("Greedy: a connector is a class with exactly one constructor, which takes PeerOptions", message, StringComparison.Ordinal);
        Assert.Contains("Idle: it implements no capability", message, StringComparison.Ordinal);
    }

    private static string Refused(params Type[] types) => Assert.Throws<InvalidOperationException>(() => new ConnectorCatalog(types)).Message;

    private abstract class Probing : IProbes
    {
        public ValueTask<ConnectorResult<PeerHealth>> ProbeAsync(ConnectorCall call, CancellationToken cancellationToken) => new(new PeerHealth { Peer = "none" });
    }

    [Connector("test.twice", Summary = "One of two.", Options = typeof(PeerOptions))]
    private sealed class First(PeerOptions options) : Probing
    {
        public PeerOptions Options => options;
    }

    [Connector("test.twice", Summary = "The other.", Options = typeof(PeerOptions))]
    private sealed class Second(PeerOptions options) : Probing
    {
        public PeerOptions Options => options;
    }

    [Connector("Test.Loud", Summary = "A wrong kind.", Options = typeof(PeerOptions))]
    private sealed class Shouting(PeerOptions options) : Probing
    {
        public PeerOptions Options => options;
    }

    [Connector("test.greedy", Summary = "Wants more than its options.", Options = typeof(PeerOptions))]
    private sealed class Greedy(PeerOptions options, HttpClient http) : Probing
    {
        public (PeerOptions Options, HttpClient Http) Wanted => (options, http);
    }

    [Connector("test.idle", Summary = "Can do nothing.", Options = typeof(PeerOptions))]
    private sealed class Idle(PeerOptions options)
    {
        public PeerOptions Options => options;
    }
}
