using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Audit;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core.Connectors;

[Trait("Kind", "unit")]
public sealed class ConnectionDirectoryTests : IAsyncLifetime
{
    private const string Plain = "hunter2-hunter2";
    private static readonly Uri Nobody = new("http://127.0.0.1:9/");
    private readonly TemporaryFolder _folder = new("directory");
    private ConnectorRig _rig = null!;

    private ConnectionDirectory Directory => _rig.Directory;

    public async ValueTask InitializeAsync() => _rig = await ConnectorRig.OpenAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Plain_secret_is_sealed_before_it_is_stored_and_never_shown_audited_or_published()
    {
        var made = await CreateAsync(new { baseUrl = Nobody, apiKey = Plain, tokens = new { one = Plain, two = "env:TWO" }, accounts = new[] { new { name = "a", password = Plain } } });

        var options = made.Value!.Options;
        Assert.Equal("sealed", options["apiKey"]!["secret"]!.GetValue<string>());
        Assert.Equal("sealed", options["tokens"]!["one"]!["secret"]!.GetValue<string>());
        Assert.Equal("env:TWO", options["tokens"]!["two"]!.GetValue<string>());
        Assert.Equal("sealed", options["accounts"]![0]!["password"]!["secret"]!.GetValue<string>());
        var stored = Encoding.UTF8.GetString((await _rig.Get<IConnectionStore>().ListAllAsync(CancellationToken.None)).Single().Options.Span);
        Assert.Contains("enc:v1:", stored, StringComparison.Ordinal);
        var audit = (await _rig.Get<IAuditStore>().ReadAsync(0, 10, CancellationToken.None)).Single();
        var told = Assert.Single(await _rig.EventsAsync());
        Assert.Equal("q.gateway.connections.created.v1", told.Type);
        Assert.Contains("connections.created key:test peer-1", Encoding.UTF8.GetString(audit.Entry.Span), StringComparison.Ordinal);
        foreach (var text in new[] { stored, Encoding.UTF8.GetString(audit.Sealed.Span), Encoding.UTF8.GetString(told.Data!.Value.Span), options.ToJsonString() })
        {
            Assert.DoesNotContain(Plain, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sealed_secret_opens_for_its_connection_and_is_kept_by_its_marker()
    {
        await CreateAsync(new { baseUrl = Nobody, apiKey = Plain });
        Assert.Equal(Plain, await SecretAsync());

        var changed = await UpdateAsync(new ConnectionChange { Options = ConnectorRig.Json(new { baseUrl = Nobody, retries = 7, apiKey = new { secret = "sealed" } }) });

        Assert.Equal(2, changed.Value!.Version);
        Assert.Equal(7, changed.Value.Options["retries"]!.GetValue<int>());
        Assert.Equal(Plain, await SecretAsync());
    }

    [Fact]
    public async Task Envelope_moved_to_another_connection_does_not_open()
    {
        await CreateAsync(new { baseUrl = Nobody, apiKey = Plain });
        var stolen = Encoding.UTF8.GetString((await _rig.Get<IConnectionStore>().ListAllAsync(CancellationToken.None)).Single().Options.Span);
        var envelope = JsonNode.Parse(stolen)!["apiKey"]!.GetValue<string>();

        var read = await _rig.WriteAsync(async (_, call, token) =>
            await new SecretReader(_rig.Get<KeyRing>(), new SecretPlaces(new SecretsOptions(), _folder.Path, [], []), ConnectorRig.Tenant, "connection:other").ReadAsync(new SecretRef(envelope), token));

        Assert.Equal("secrets.unreadable", read.Fault!.Code);
    }

    [Fact]
    public async Task Connector_that_cannot_be_made_is_shown_as_such_and_stops_nothing()
    {
        var made = await Directory.CreateAsync(ConnectorRig.Draft(new { baseUrl = Nobody, label = "throws" }), ConnectorRig.Operator, CancellationToken.None);

        Assert.Equal((ConnectionState.Unreachable, "connections.options_invalid"), (made.Value!.State, made.Value.Because));
        Assert.Equal("connections.options_invalid", (await _rig.ReadAsync()).Fault!.Code);
    }

    [Theory]
    [InlineData("""{"baseUrl":"http://127.0.0.1:9","apiKey":"enc:v1:AAAA"}""", "connections.options_invalid", "/options/apiKey format")]
    [InlineData("""{"baseUrl":"http://127.0.0.1:9","apiKey":{"secret":"sealed"}}""", "connections.options_invalid", "/options/apiKey required")]
    [InlineData("""{"baseUrl":"http://127.0.0.1:9","apiKey":{"secret":"x"}}""", "connections.options_invalid", "/options/apiKey type")]
    [InlineData("""{"baseUrl":"http://127.0.0.1:9","baseUrl":"http://127.0.0.1:9"}""", "connections.options_invalid", "/options repeated")]
    [InlineData("""{"baseUrl":"http://127.0.0.2:9"}""", "egress.refused", "/options/baseUrl egress")]
    [InlineData("""{"baseUrl":"http://127.0.0.1:9","accounts":[{"name":"a","callback":"http://[::1]/"}]}""", "egress.refused", "/options/accounts/0/callback egress")]
    [InlineData("""7""", "connections.options_invalid", "/options type")]
    public async Task Bad_options_are_refused_with_their_pointer(string json, string code, string error)
    {
        using var options = JsonDocument.Parse(json);

        var refused = (await Directory.CreateAsync(ConnectorRig.Draft(0) with { Options = options.RootElement }, ConnectorRig.Operator, CancellationToken.None)).Refusal!;

        Assert.Equal(code, refused.Error.Code);
        Assert.Equal(error, Assert.Single(refused.Errors.Select(wrong => $"{wrong.Pointer} {wrong.Code}")));
        Assert.Empty(Directory.List(ConnectorRig.Tenant));
    }

    [Fact]
    public async Task Kind_id_and_environment_are_checked()
    {
        var kind = await Directory.CreateAsync(ConnectorRig.Draft(new { baseUrl = Nobody }, kind: "test.pear"), ConnectorRig.Operator, CancellationToken.None);
        var names = await Directory.CreateAsync(ConnectorRig.Draft(new { }, id: "Not_An_Id") with { Environment = "prod" }, ConnectorRig.Operator, CancellationToken.None);

        Assert.Equal("connections.kind_unknown", kind.Refusal!.Error.Code);
        Assert.Contains("did you mean 'test.peer'", kind.Refusal.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["/id", "/environment", "/options/baseUrl"], names.Refusal!.Errors.Select(error => error.Pointer));
    }

    [Fact]
    public async Task Second_connection_of_an_id_and_a_change_of_an_old_version_are_refused()
    {
        await CreateAsync(new { baseUrl = Nobody });

        Assert.Equal("connections.exists", (await CreateAsync(new { baseUrl = Nobody })).Refusal!.Error.Code);
        Assert.Equal("connections.version_conflict", (await UpdateAsync(new ConnectionChange { Environment = "sandbox", ExpectedVersion = 7 })).Refusal!.Error.Code);
        Assert.Equal("connections.not_found", (await Directory.DeleteAsync(ConnectorRig.Tenant, "none", ConnectorRig.Operator, CancellationToken.None)).Refusal!.Error.Code);
    }

    [Fact]
    public async Task What_the_file_manages_is_not_changed_through_the_api_and_holds_no_plain_secret()
    {
        var plain = await Directory.ApplyAsync(ConnectorRig.Draft(new { baseUrl = Nobody, apiKey = Plain }), ConnectionAuthor.File, CancellationToken.None);
        Assert.Equal("secret_reference", Assert.Single(plain.Refusal!.Errors).Code);
        Assert.Equal(1, (await ApplyAsync(3)).Value!.Version);
        Assert.Equal(1, (await ApplyAsync(3)).Value!.Version);
        Assert.Equal(2, (await ApplyAsync(4)).Value!.Version);

        Assert.Equal("connections.managed", (await UpdateAsync(new ConnectionChange { Environment = "sandbox" })).Refusal!.Error.Code);
        Assert.Equal("connections.managed", (await DeleteAsync()).Refusal!.Error.Code);
        Assert.Equal("connections.managed", (await SetStatusAsync(ConnectionText.Disabled)).Refusal!.Error.Code);
        await Directory.PauseAsync(ConnectorRig.Tenant, ConnectorRig.Id, "peer.said_no", CancellationToken.None);
        Assert.Equal(ConnectionText.Active, (await SetStatusAsync(ConnectionText.Active)).Value!.Status);

        Task<Result<ConnectionView>> ApplyAsync(int retries) =>
            Directory.ApplyAsync(ConnectorRig.Draft(new { baseUrl = Nobody, retries, apiKey = "env:KEY" }), ConnectionAuthor.File, CancellationToken.None);
    }

    [Fact]
    public async Task Connection_that_effects_use_is_not_deleted()
    {
        await CreateAsync(new { baseUrl = Nobody });
        await _rig.RecordEffectAsync(waitsFor: null);

        Assert.Equal("connections.in_use", (await DeleteAsync()).Refusal!.Error.Code);
        Assert.NotNull(Directory.Find(ConnectorRig.Tenant, ConnectorRig.Id));
    }

    [Fact]
    public async Task Deleted_connection_is_gone_for_calls_too()
    {
        await CreateAsync(new { baseUrl = Nobody });

        Assert.True((await DeleteAsync()).IsSuccess);

        Assert.Null(Directory.Find(ConnectorRig.Tenant, ConnectorRig.Id));
        Assert.Equal((FaultKind.NotFound, "connections.not_found"), Kind((await _rig.ReadAsync()).Fault!));
        Assert.Equal("q.gateway.connections.deleted.v1", (await _rig.EventsAsync())[^1].Type);
    }

    [Fact]
    public async Task Disabled_and_paused_connections_refuse_calls_and_enabling_wakes_what_waits()
    {
        await CreateAsync(new { baseUrl = Nobody });
        var effect = await _rig.RecordEffectAsync("connection_paused");

        await SetStatusAsync(ConnectionText.Disabled);
        Assert.Equal((FaultKind.Unavailable, "connections.disabled"), Kind((await _rig.ReadAsync()).Fault!));
        await SetStatusAsync(ConnectionText.Active);
        var woken = await _rig.Get<IEffectStore>().GetAsync(ConnectorRig.Tenant, effect, CancellationToken.None);
        await Directory.PauseAsync(ConnectorRig.Tenant, ConnectorRig.Id, "peer.said_no", CancellationToken.None);
        await Directory.PauseAsync(ConnectorRig.Tenant, ConnectorRig.Id, "peer.said_no", CancellationToken.None);

        Assert.NotNull(woken!.NextActionAt);
        Assert.Equal((FaultKind.Unavailable, "connections.paused"), Kind((await _rig.PostAsync()).Fault!));
        Assert.Equal("connections.paused", _rig.Invoker.Ask<PeerConnector, int>(ConnectorRig.Tenant, ConnectorRig.Id, peer => peer.Options.Retries).Refusal!.Error.Code);
        var view = Directory.Find(ConnectorRig.Tenant, ConnectorRig.Id)!;
        Assert.Equal((ConnectionState.Paused, "peer.said_no"), (view.State, view.Because));
        Assert.Equal(
            ["created", "disabled", "enabled", "paused"],
            (await _rig.EventsAsync()).Select(told => told.Type.Split('.')[3]));
    }

    [Fact]
    public async Task Running_call_ends_on_the_old_options_while_new_calls_see_the_new_ones()
    {
        await CreateAsync(new { baseUrl = Nobody, retries = 1 });
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var running = _rig.WriteAsync<int>(async (peer, _, _) =>
        {
            entered.SetResult();
            await release.Task;
            return peer.Options.Retries;
        }).AsTask();
        await entered.Task;

        await UpdateAsync(new ConnectionChange { Options = ConnectorRig.Json(new { baseUrl = Nobody, retries = 2 }) });
        var during = await _rig.WriteAsync<int>((peer, _, _) => new(peer.Options.Retries));
        release.SetResult();

        Assert.Equal(2, during.Value);
        Assert.Equal(1, (await running).Value);
    }

    [Fact]
    public async Task Sockets_of_a_replaced_instance_live_until_its_last_call_has_ended()
    {
        await using var peer = RawPeer.Answering(RawPeer.Ok());
        await _rig.ConnectAsync(peer.BaseUrl);
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var running = _rig.WriteAsync(async (connector, call, token) =>
        {
            entered.SetResult();
            await release.Task;
            return await connector.SendAsync(HttpMethod.Post, "/late", call, token);
        }).AsTask();
        await entered.Task;

        await UpdateAsync(new ConnectionChange { Environment = "sandbox" });
        release.SetResult();

        Assert.Equal("done", (await running).Value);
    }

    [Fact]
    public async Task Connections_are_back_after_a_restart_with_status_and_secrets()
    {
        await CreateAsync(new { baseUrl = Nobody, apiKey = Plain });
        await SetStatusAsync(ConnectionText.Disabled);
        await _rig.DisposeAsync();

        _rig = await ConnectorRig.OpenAsync(_folder);

        Assert.Equal(ConnectionState.Disabled, Directory.Find(ConnectorRig.Tenant, ConnectorRig.Id)!.State);
        await SetStatusAsync(ConnectionText.Active);
        Assert.Equal(Plain, await SecretAsync());
    }

    [Fact]
    public async Task Stored_connection_that_cannot_be_used_is_shown_and_stops_nothing()
    {
        await CreateAsync(new { baseUrl = Nobody });
        var store = _rig.Get<IConnectionStore>();
        var good = (await store.ListAllAsync(CancellationToken.None)).Single();
        await _rig.Get<IWriter>().WriteAsync(session =>
        {
            store.Insert(session, good with { Id = "gone", Kind = "test.gone" });
            store.Insert(session, good with { Id = "old", Options = """{"baseUrl":"http://127.0.0.1:9","removed":1}"""u8.ToArray() });
            return true;
        });

        await Directory.LoadAsync(CancellationToken.None);

        Assert.Equal(
            [("gone", ConnectionState.Unreachable, "connections.kind_unknown"), ("old", ConnectionState.Unreachable, "connections.options_invalid"), (ConnectorRig.Id, ConnectionState.Ready, null)],
            Directory.List(ConnectorRig.Tenant).Select(view => (view.Id, view.State, view.Because)));
        Assert.Equal([ConnectorRig.Id], Directory.WithCapability<IProbes>(ConnectorRig.Tenant).Select(view => view.Id));
        var mended = await Directory.UpdateAsync(ConnectorRig.Tenant, "old", new ConnectionChange { Options = ConnectorRig.Json(new { baseUrl = Nobody }) }, ConnectorRig.Operator, CancellationToken.None);
        Assert.Equal(ConnectionState.Ready, mended.Value!.State);
    }

    private static (FaultKind Kind, string Code) Kind(Fault fault) => (fault.Kind, fault.Code);

    private Task<Result<ConnectionView>> CreateAsync(object options) => Directory.CreateAsync(ConnectorRig.Draft(options), ConnectorRig.Operator, CancellationToken.None);

    private Task<Result<ConnectionView>> UpdateAsync(ConnectionChange change) =>
        Directory.UpdateAsync(ConnectorRig.Tenant, ConnectorRig.Id, change, ConnectorRig.Operator, CancellationToken.None);

    private Task<Result<ConnectionView>> DeleteAsync() => Directory.DeleteAsync(ConnectorRig.Tenant, ConnectorRig.Id, ConnectorRig.Operator, CancellationToken.None);

    private Task<Result<ConnectionView>> SetStatusAsync(string status) =>
        Directory.SetStatusAsync(ConnectorRig.Tenant, ConnectorRig.Id, status, reason: null, ConnectorRig.Operator, CancellationToken.None);

    private async Task<string?> SecretAsync() => (await _rig.WriteAsync(async (peer, call, token) => await call.Secrets.ReadAsync(peer.Options.ApiKey!, token))).Value;
}
