using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Http;
using Qrossing.Connectors.Http.OpenApi;
using Qrossing.TestKit.Network;
using Qrossing.TestKit.Rest;

namespace Qrossing.ContractTests.Http.OpenApi;

/// <summary>What is particular to described APIs, against a real server; the general rules are in the compliance suite.</summary>
[Trait("Kind", "contract")]
public sealed class OpenApiConnectorTests : IAsyncLifetime
{
    private const string Secret = "s3cret+/=token";

    private static readonly JsonElement Document = JsonElement.Parse("""
        {
          "openapi": "3.1.0",
          "info": { "title": "Status", "version": "1" },
          "paths": {
            "/jobs": {
              "post": { "operationId": "start", "responses": { "201": { "content": { "application/json": {} } } } },
              "get": { "operationId": "list", "responses": { "200": { "content": { "application/json": {} } } } }
            }
          }
        }
        """);

    private readonly OpenApiFixture _fixture = new();

    public async ValueTask InitializeAsync() => await _fixture.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public void Header_that_the_gateway_fills_is_not_offered_to_callers()
    {
        var described = Connector().DescribeOperations().ToDictionary(operation => operation.OperationId);
        Assert.Equal("""{"type":"object","additionalProperties":false}""", described["createOrder"].Parameters.ToJsonString());
        Assert.Equal((PeerIdempotency.Key, true, TimeSpan.FromHours(24)), (described["createOrder"].Repeats, described["createOrder"].HasLookup, described["createOrder"].RepeatWindow));
        Assert.True(described["getOrder"].ReadOnly);
        Assert.Equal(["reference", "item", "quantity"], described["createOrder"].Body!["$defs"]!["NewOrder"]!["required"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public async Task Read_that_finds_nothing_is_not_found_and_its_id_stays_one_step_of_the_path()
    {
        var call = new OperationCall { OperationId = "getOrder", Parameters = JsonElement.Parse("""{"id":"a/b c"}""") };
        var reply = await Connector().CallOperationAsync(call, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal((FaultKind.NotFound, "No order a%2Fb c"), (reply.Fault!.Kind, reply.Fault.PeerText));

        var climbing = call with { Parameters = JsonElement.Parse("""{"id":"../orders"}""") };
        Assert.Equal("openapi.request_invalid", (await Connector().CallOperationAsync(climbing, _fixture.Calls.Create(), CancellationToken.None)).Fault!.Code);
        Assert.Single(_fixture.Desk.Requests);
    }

    [Fact]
    public async Task Write_that_is_not_listed_is_sent_without_key_and_cannot_be_looked_up()
    {
        var connector = new OpenApiConnector(_fixture.Options() with { Operations = new Dictionary<string, OperationOptions>() });
        var write = _fixture.Write("plain");
        Assert.True((await connector.CallOperationAsync(write, _fixture.Calls.Create(), CancellationToken.None)).IsSuccess);
        Assert.Null(Assert.Single(_fixture.Desk.Requests).IdempotencyKey);
        Assert.IsType<Lookup<OperationReply>.CannotTell>((await connector.LookUpOperationAsync(write, _fixture.Calls.Create(), CancellationToken.None)).Value);
        Assert.Equal(PeerIdempotency.None, connector.DescribeOperations().Single(operation => operation.OperationId == "createOrder").Repeats);
    }

    [Theory]
    [InlineData(201, "{}", null, null)]
    [InlineData(200, "{}", FaultKind.Indeterminate, "openapi.status_unexpected")]
    [InlineData(201, "<html>", FaultKind.Indeterminate, "openapi.reply_unreadable")]
    [InlineData(201, "", null, null)]
    [InlineData(202, "{}", FaultKind.Indeterminate, "openapi.pending")]
    [InlineData(500, "{}", FaultKind.Rejected, "openapi.not_done")]
    [InlineData(503, "{}", FaultKind.RateLimited, "openapi.try_later")]
    [InlineData(502, "{}", FaultKind.Indeterminate, "openapi.outcome_unknown")]
    [InlineData(302, "{}", FaultKind.Indeterminate, "openapi.outcome_unknown")]
    [InlineData(418, "{}", FaultKind.Indeterminate, "openapi.outcome_unknown")]
    [InlineData(409, "{}", FaultKind.Rejected, "openapi.rejected")]
    public async Task Status_means_what_the_connection_says(int status, string body, FaultKind? kind, string? code)
    {
        await using var server = await LoopbackServer.StartAsync(context => AnswerAsync(context, status, "text/html", body));
        var connector = new OpenApiConnector(new OpenApiOptions
        {
            Document = Document,
            BaseUrl = server.BaseUrl,
            Operations = new Dictionary<string, OperationOptions> { ["start"] = new() { Success = [201], Pending = [202], NotDone = [500, 503] } },
        });
        var reply = await connector.CallOperationAsync(new OperationCall { OperationId = "start", Parameters = default }, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal((kind, code), (reply.Fault?.Kind, reply.Fault?.Code));
    }

    [Theory]
    [InlineData("apiKey-header")]
    [InlineData("apiKey-query")]
    [InlineData("bearer")]
    [InlineData("basic")]
    public async Task Credential_arrives_and_an_api_that_repeats_it_cannot_bring_it_into_a_fault(string form)
    {
        _fixture.Calls.Secrets["TOKEN"] = Secret;
        var token = new SecretRef("env:TOKEN");
        string? seen = null;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            seen = $"{context.Request.Headers["X-Key"]}{context.Request.QueryString}{context.Request.Headers.Authorization}";
            var echo = JsonSerializer.Serialize(new { detail = $"refused: {seen}", code = seen });
            context.Response.Headers["X-Request-Id"] = $"req {Secret}";
            return AnswerAsync(context, 401, "application/json", echo);
        });
        var connector = new OpenApiConnector(new OpenApiOptions
        {
            Document = Document,
            BaseUrl = server.BaseUrl,
            Credentials = form switch
            {
                "apiKey-header" => new CredentialOptions { ApiKey = new ApiKeyOptions { Name = "X-Key", Value = token } },
                "apiKey-query" => new CredentialOptions { ApiKey = new ApiKeyOptions { In = "query", Name = "key", Value = token } },
                "bearer" => new CredentialOptions { Bearer = new BearerOptions { Token = token } },
                _ => new CredentialOptions { Basic = new BasicOptions { User = "me", Password = token } },
            },
        });
        var reply = await connector.CallOperationAsync(new OperationCall { OperationId = "list", Parameters = default }, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal(form switch
        {
            "apiKey-header" => Secret,
            "apiKey-query" => "?key=" + Uri.EscapeDataString(Secret),
            "bearer" => "Bearer " + Secret,
            _ => "Basic " + Convert.ToBase64String("me:s3cret+/=token"u8),
        }, seen);
        Assert.Equal(FaultKind.Unauthorized, reply.Fault!.Kind);
        var shown = reply.Fault.ToString();
        Assert.Contains("***", shown);
        Assert.DoesNotContain(Secret, shown);
        Assert.DoesNotContain(Uri.EscapeDataString(Secret), shown);
        Assert.DoesNotContain(Convert.ToBase64String("me:s3cret+/=token"u8), shown);
    }

    [Fact]
    public async Task Secret_that_no_header_can_carry_keeps_the_request_from_being_sent()
    {
        _fixture.Calls.Secrets["ORDERS_KEY"] = "two\r\nlines";
        var reply = await Connector().CallOperationAsync(_fixture.Write("x"), _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal("openapi.credential_unusable", reply.Fault!.Code);
        Assert.Empty(_fixture.Desk.Requests);
    }

    [Fact]
    public async Task Lookup_whose_value_the_request_lacks_cannot_tell()
    {
        var write = _fixture.Write("x") with { Body = JsonElement.Parse("""{"item":"lamp","quantity":1}""") };
        var lookup = await Connector().LookUpOperationAsync(write, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Contains("reference", Assert.IsType<Lookup<OperationReply>.CannotTell>(lookup.Value).Reason);
        Assert.Empty(_fixture.Desk.Requests);
    }

    [Fact]
    public async Task Lookup_that_fails_is_no_absence()
    {
        _fixture.Desk.FailNext("listOrders", RestPeerFault.Unavailable, RestPeerFault.Garbage);
        Assert.Equal(FaultKind.Indeterminate, (await Connector().LookUpOperationAsync(_fixture.Write("x"), _fixture.Calls.Create(), CancellationToken.None)).Fault!.Kind);
        Assert.Equal(FaultKind.Indeterminate, (await Connector().LookUpOperationAsync(_fixture.Write("x"), _fixture.Calls.Create(), CancellationToken.None)).Fault!.Kind);
    }

    [Theory]
    [InlineData("/reply/orders/0/reference == /body/reference", typeof(Lookup<OperationReply>.DefinitelyAbsent))]
    [InlineData("/reply/items/0/reference == /body/reference", typeof(Lookup<OperationReply>.CannotTell))]
    [InlineData("/reply/state != \"gone\"", typeof(Lookup<OperationReply>.CannotTell))]
    public async Task Lookup_whose_reply_lacks_the_member_that_found_points_at_cannot_tell(string found, Type expected)
    {
        var options = _fixture.Options();
        var create = options.Operations["createOrder"];
        var connector = new OpenApiConnector(options with { Operations = new Dictionary<string, OperationOptions> { ["createOrder"] = create with { Lookup = create.Lookup! with { Found = found } } } });
        Assert.IsType(expected, (await connector.LookUpOperationAsync(_fixture.Write("never"), _fixture.Calls.Create(), CancellationToken.None)).Value);
    }

    [Theory]
    [InlineData(new int[0], typeof(Lookup<OperationReply>.CannotTell))]
    [InlineData(new[] { 404 }, typeof(Lookup<OperationReply>.DefinitelyAbsent))]
    public async Task Lookup_that_is_not_found_is_absence_only_where_the_connection_says_so(int[] absentOn, Type expected)
    {
        var options = _fixture.Options();
        var lookup = new OperationLookupOptions { OperationId = "getOrder", Parameters = new Dictionary<string, string> { ["id"] = "/body/reference" }, AbsentOn = absentOn };
        var connector = new OpenApiConnector(options with
        {
            Operations = new Dictionary<string, OperationOptions> { ["createOrder"] = options.Operations["createOrder"] with { Lookup = lookup } },
        });
        Assert.IsType(expected, (await connector.LookUpOperationAsync(_fixture.Write("never"), _fixture.Calls.Create(), CancellationToken.None)).Value);
    }

    private OpenApiConnector Connector() => new(_fixture.Options());

    private static Task AnswerAsync(HttpContext context, int status, string contentType, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    }
}
