using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;
using Qrossing.Connectors.Modules.AnarQ;

namespace Qrossing.ContractTests.Modules.AnarQ;

/// <summary>What is particular to AnarQ&amp;Q modules, against the module simulator; the general rules are in the compliance suites.</summary>
[Trait("Kind", "contract")]
public sealed class AnarQConnectorTests : IAsyncLifetime
{
    private static readonly IndexRecord Record = new() { Key = "object/obj_1", Cid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", ContentType = "text/plain", Size = 5, Tags = ["demo"] };

    private readonly AnarQFixture _fixture = new();

    public async ValueTask InitializeAsync() => await _fixture.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Request_has_the_standard_headers()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex") with { SquidId = "did:squid:gateway", SubId = "sub_one" });
        await connector.PutIndexRecordAsync(Record, _fixture.Calls.Create("eff_42"), CancellationToken.None);
        var headers = await HeadersOfLastRequestAsync();
        Assert.Equal("squid_gateway", (string?)headers["x-squid-id"]);
        Assert.Equal("sub_one", (string?)headers["x-subid"]);
        Assert.Equal("v1", (string?)headers["x-api-version"]);
        Assert.Equal("eff_42", (string?)headers["x-correlation-id"]);
        Assert.True(long.Parse((string)headers["x-ts"]!) > 1_700_000_000_000);
        Assert.Null(headers["x-sig"]);
    }

    [Fact]
    public async Task Capability_of_another_module_is_unsupported()
    {
        var connector = new AnarQConnector(_fixture.Options("qerberos"));
        var call = _fixture.Calls.Create();
        Fault?[] faults =
        [
            (await connector.PutIndexRecordAsync(Record, call, CancellationToken.None)).Fault,
            (await connector.LookUpIndexRecordAsync(Record, call, CancellationToken.None)).Fault,
            (await connector.ReadIdentityAsync("squid_alice", call, CancellationToken.None)).Fault,
            (await connector.CheckConsentAsync(new ConsentQuestion { Resource = "a:b:c", Identity = "squid_alice", Action = "read" }, call, CancellationToken.None)).Fault,
        ];
        Assert.All(faults, fault => Assert.Equal((FaultKind.Invalid, "modules.unsupported"), (fault!.Kind, fault.Code)));
        Assert.Empty(await _fixture.RequestsAsync());
    }

    [Fact]
    public async Task Squid_accepts_the_signature_of_its_own_profile()
    {
        var id = await _fixture.CreateIdentityAsync();
        using var http = new HttpClient();
        var identity = await http.GetFromJsonAsync<JsonObject>($"{_fixture.BaseUrl}/squid/identity/{id}");
        _fixture.Calls.Secrets["SQUID_KEY"] = (string)identity!["data"]!["publicKey"]!;
        var options = _fixture.Options("squid") with { SquidId = id, Signer = "squid-message", SignerSecret = new SecretRef("env:SQUID_KEY") };

        Assert.True((await new AnarQConnector(options).ReadIdentityAsync(id, _fixture.Calls.Create(), CancellationToken.None)).IsSuccess);

        _fixture.Calls.Secrets["SQUID_KEY"] = "pub_wrong";
        var refused = await new AnarQConnector(options).ReadIdentityAsync(id, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal((FaultKind.Unauthorized, "SQUID_INVALID_SIGNATURE"), (refused.Fault!.Kind, refused.Fault.PeerCode));
    }

    [Fact]
    public async Task Secret_that_cannot_be_read_keeps_the_request_from_being_sent()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex") with { SquidId = "squid_a", Signer = "qchat-hmac", SignerSecret = new SecretRef("env:MISSING") });
        var put = await connector.PutIndexRecordAsync(Record, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal((FaultKind.Unavailable, "secrets.unreadable"), (put.Fault!.Kind, put.Fault.Code));
        Assert.Empty(await _fixture.RequestsAsync());
    }

    [Theory]
    [InlineData("wrong_id_format")]
    [InlineData("malformed_envelope")]
    [InlineData("garbage")]
    public async Task Identity_that_is_answered_wrongly_is_no_identity_unless_only_its_spelling_differs(string fault)
    {
        var id = await _fixture.CreateIdentityAsync();
        await _fixture.InjectAsync("GET", fault);
        var read = await new AnarQConnector(_fixture.Options("squid")).ReadIdentityAsync(id, _fixture.Calls.Create(), CancellationToken.None);
        if (fault == "wrong_id_format")
        {
            Assert.Equal(id, read.Value!.Id);
        }
        else
        {
            Assert.Equal((FaultKind.Indeterminate, "modules.reply_unreadable"), (read.Fault!.Kind, read.Fault.Code));
        }
    }

    [Fact]
    public async Task Put_through_a_malformed_envelope_is_unknown()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex"));
        await _fixture.InjectAsync("POST", "malformed_envelope");
        var put = await connector.PutIndexRecordAsync(Record, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal(FaultKind.Indeterminate, put.Fault!.Kind);
        Assert.Equal(1, await _fixture.AppliedAsync(Record.Key));
    }

    [Fact]
    public async Task Silence_beyond_the_connections_own_limit_is_unknown()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex") with { Timeout = TimeSpan.FromMilliseconds(50) });
        await _fixture.InjectAsync("POST", "applied_then_timeout");
        var put = await connector.PutIndexRecordAsync(Record, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal((FaultKind.Indeterminate, "peer.timeout"), (put.Fault!.Kind, put.Fault.Code));
    }

    [Fact]
    public async Task Record_that_was_deleted_cannot_be_told_from_one_that_never_was()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex"));
        await connector.PutIndexRecordAsync(Record, _fixture.Calls.Create(), CancellationToken.None);
        using var http = new HttpClient();
        using var deleted = await http.DeleteAsync($"{_fixture.BaseUrl}/qindex/qindex/delete/{Uri.EscapeDataString(Record.Key)}");
        Assert.True(deleted.IsSuccessStatusCode);
        Assert.IsType<Lookup<IndexReceipt>.CannotTell>((await connector.LookUpIndexRecordAsync(Record, _fixture.Calls.Create(), CancellationToken.None)).Value);

        await connector.PutIndexRecordAsync(Record with { Cid = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy" }, _fixture.Calls.Create(), CancellationToken.None);
        Assert.IsType<Lookup<IndexReceipt>.CannotTell>((await connector.LookUpIndexRecordAsync(Record, _fixture.Calls.Create(), CancellationToken.None)).Value);
    }

    [Fact]
    public async Task Older_version_with_the_same_value_is_not_taken_for_the_request_that_is_looked_for()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex"));
        var request = _fixture.Write("same");
        Assert.True((await connector.CallModuleAsync(request, _fixture.Calls.Create(), CancellationToken.None)).IsSuccess);
        await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken); // the module dates to the millisecond
        var recorded = TimeProvider.System.GetUtcNow();

        var before = await connector.LookUpModuleCallAsync(request, _fixture.Calls.Create(recordedAt: recorded), CancellationToken.None);
        Assert.True((await connector.CallModuleAsync(request, _fixture.Calls.Create(), CancellationToken.None)).IsSuccess);
        var after = await connector.LookUpModuleCallAsync(request, _fixture.Calls.Create(recordedAt: recorded), CancellationToken.None);

        Assert.IsType<Lookup<ModuleReply>.CannotTell>(before.Value);
        Assert.IsType<Lookup<ModuleReply>.Found>(after.Value);
    }

    [Fact]
    public async Task Lookup_through_a_wrong_prefix_is_no_absence()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex") with { Prefix = "/nowhere" });
        Assert.IsType<Lookup<IndexReceipt>.CannotTell>((await connector.LookUpIndexRecordAsync(Record, _fixture.Calls.Create(), CancellationToken.None)).Value);
    }

    [Fact]
    public async Task Callers_credentials_stay_and_a_signed_request_keeps_its_identity()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex") with { SquidId = "squid_gateway", Signer = "template-hash" });
        var request = _fixture.Write("one") with
        {
            Headers = new Dictionary<string, string>
            {
                ["Content-Type"] = "application/json",
                ["Authorization"] = "Bearer t",
                ["X-Api-Key"] = "k",
                ["X-Squid-Id"] = "squid_mallory",
                ["x-sig"] = "forged",
                ["x-dao-id"] = "dao_1",
            },
            Body = Encoding.UTF8.GetBytes("""{ "value" : {"b":1.0,"a":"ñ"}, "key":"note/one" }"""),
        };
        Assert.True((await connector.CallModuleAsync(request, _fixture.Calls.Create(), CancellationToken.None)).IsSuccess);
        var headers = await HeadersOfLastRequestAsync();
        Assert.Null(headers["authorization"]);
        Assert.Null(headers["x-api-key"]);
        Assert.Equal("squid_gateway", (string?)headers["x-squid-id"]);
        Assert.Equal("dao_1", (string?)headers["x-dao-id"]);
        Assert.Equal("""{"key":"note/one","value":{"a":"ñ","b":1}}""".Length + 1, int.Parse((string)headers["content-length"]!));
        Assert.Equal(64, ((string)headers["x-sig"]!).Length);
    }

    [Fact]
    public async Task Unsigned_request_carries_the_callers_identity_in_the_modules_spelling()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex") with { SquidId = "squid_gateway" });
        var request = _fixture.Write("two") with { Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["x-squid-id"] = "did:squid:alice" } };
        Assert.True((await connector.CallModuleAsync(request, _fixture.Calls.Create(), CancellationToken.None)).IsSuccess);
        Assert.Equal("squid_alice", (string?)(await HeadersOfLastRequestAsync())["x-squid-id"]);

        var wrong = request with { Headers = new Dictionary<string, string> { ["x-squid-id"] = "alice; drop" } };
        Assert.Equal("modules.identity_invalid", (await connector.CallModuleAsync(wrong, _fixture.Calls.Create(), CancellationToken.None)).Fault!.Code);
    }

    [Fact]
    public async Task Body_that_cannot_be_signed_is_not_sent()
    {
        var connector = new AnarQConnector(_fixture.Options("qindex") with { SquidId = "squid_gateway", Signer = "template-hash" });
        var request = _fixture.Write("three") with { Body = "key=value"u8.ToArray() };
        Assert.Equal("modules.body_not_signable", (await connector.CallModuleAsync(request, _fixture.Calls.Create(), CancellationToken.None)).Fault!.Code);
        Assert.Empty(await _fixture.RequestsAsync());
    }

    private async Task<JsonObject> HeadersOfLastRequestAsync() => (JsonObject)(await _fixture.RequestsAsync())[^1]!["headers"]!;
}
