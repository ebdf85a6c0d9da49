using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Qrossing.Sdk;
using Qrossing.Sdk.Effects;
using Qrossing.Sdk.Objects;
using Qrossing.Sdk.Webhooks;

namespace Qrossing.Tests.Sdk;

[Trait("Kind", "unit")]
public sealed class QrossingClientTests : IAsyncLifetime
{
    private const string Stored = """
        {"id":"obj_06f1m2v8d9w3x5z7a1b4c6d8e0","key":"a/b","cid":"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku","sha256":"00","size":3,"contentType":"text/plain","etag":"\"x\"","effectId":"eff_1"}
        """;

    private ContractPeer _peer = null!;
    private QrossingClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _peer = await ContractPeer.StartAsync();
        _client = new QrossingClient(_peer.BaseUrl, ContractPeer.Key);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task Effects_are_listed_with_the_filters_escaped_and_the_key_sent()
    {
        var page = await _client.Effects.ListAsync(new EffectFilter { Outcome = "unknown", Kind = "a b&c", After = "x=", Limit = 5 }, Cancel);

        Assert.Equal("page2", page.Next);
        Assert.Equal(["unknown", "succeeded"], page.Data.Select(effect => effect.Outcome));
        var seen = Assert.Single(_peer.Requests);
        Assert.Equal("?outcome=unknown&kind=a%20b%26c&after=x%3D&limit=5", seen.Query);
        Assert.Equal(ContractPeer.Key, seen.Headers["X-Api-Key"]);
    }

    [Fact]
    public async Task Effect_carries_its_attempts()
    {
        var effect = await _client.Effects.GetAsync(ContractAnswers.EffectId, Cancel);

        Assert.Equal(DateTimeOffset.Parse("2026-01-31T12:01:00Z", CultureInfo.InvariantCulture), effect.NextActionAt);
        Assert.Equal(["may_have_happened", "cannot_tell"], effect.Attempts!.Select(attempt => attempt.Evidence));
        Assert.Equal("req-7", effect.Attempts![1].PeerRequestId);
    }

    [Fact]
    public async Task Word_and_member_that_this_version_does_not_know_are_no_error()
    {
        _peer.On(
            $"GET /v1/effects/{ContractAnswers.EffectId}",
            StatusCodes.Status200OK,
            ContractAnswers.Effect.Replace("\"outcome\":\"unknown\"", "\"outcome\":\"entangled\",\"spin\":{\"up\":true}", StringComparison.Ordinal));

        var effect = await _client.Effects.GetAsync(ContractAnswers.EffectId, Cancel);

        Assert.Equal("entangled", effect.Outcome);
    }

    [Fact]
    public async Task Problem_document_becomes_an_exception_with_all_it_says()
    {
        _peer.On("GET /v1/effects", StatusCodes.Status422UnprocessableEntity, """
            {"type":"/problems/request.invalid","title":"The request is not valid.","status":422,"detail":"Two members are wrong.","instance":"/v1/effects","code":"request.invalid","traceId":"4bf92f",
            "retryable":true,"retryAfterMs":1500,"effectId":"eff_1","effectOutcome":"failed","errors":[{"pointer":"/a","code":"required","message":"It is missing."}]}
            """);

        var problem = await Assert.ThrowsAsync<QrossingProblemException>(() => _client.Effects.ListAsync(cancellationToken: Cancel));

        Assert.Equal((422, "request.invalid", "4bf92f", true), (problem.Status, problem.Code, problem.TraceId, problem.Retryable));
        Assert.Equal(TimeSpan.FromMilliseconds(1500), problem.RetryAfter);
        Assert.Equal(("eff_1", "failed"), (problem.EffectId, problem.EffectOutcome));
        Assert.Equal(new FieldProblem { Pointer = "/a", Code = "required", Message = "It is missing." }, Assert.Single(problem.Errors));
        Assert.Equal("request.invalid: Two members are wrong.", problem.Message);
    }

    [Fact]
    public async Task Refusal_without_a_problem_document_says_so()
    {
        _peer.On("GET /v1/effects", context =>
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            context.Response.ContentType = "text/html";
            context.Response.Headers.RetryAfter = "7";
            context.Response.Headers["X-Request-Id"] = "req_9";
            return context.Response.WriteAsync("<h1>Bad gateway</h1>");
        });

        var problem = await Assert.ThrowsAsync<QrossingProblemException>(() => _client.Effects.ListAsync(cancellationToken: Cancel));

        Assert.Equal((502, QrossingProblemException.NoDocument, "req_9"), (problem.Status, problem.Code, problem.TraceId));
        Assert.Equal(TimeSpan.FromSeconds(7), problem.RetryAfter);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{\"data\":[{\"id\":\"eff_1\"}]}")]
    public async Task Answer_that_cannot_be_read_is_no_success(string body)
    {
        _peer.On("GET /v1/effects", StatusCodes.Status200OK, body);

        var problem = await Assert.ThrowsAsync<QrossingProblemException>(() => _client.Effects.ListAsync(cancellationToken: Cancel));

        Assert.Equal((200, QrossingProblemException.UnreadableAnswer), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task Redirect_is_not_followed_so_the_key_stays_here()
    {
        await using var other = await ContractPeer.StartAsync();
        _peer.On("GET /v1/effects", context =>
        {
            context.Response.Redirect(new Uri(other.BaseUrl, "/v1/effects").AbsoluteUri);
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<QrossingProblemException>(() => _client.Effects.ListAsync(cancellationToken: Cancel));

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Write_without_content_sends_a_body_of_length_zero()
    {
        await _client.Effects.ProbeAsync(ContractAnswers.EffectId, Cancel);
        await _client.Effects.CancelAsync(ContractAnswers.EffectId, Cancel);
        await _client.Deliveries.RetryAsync(ContractAnswers.DeliveryId, Cancel);

        Assert.All(_peer.Requests, seen => Assert.Equal("0", seen.Headers["Content-Length"]));
        Assert.Equal(
            [$"POST /v1/effects/{ContractAnswers.EffectId}/probe", $"POST /v1/effects/{ContractAnswers.EffectId}/cancel", $"POST /v1/deliveries/{ContractAnswers.DeliveryId}/retry"],
            _peer.Requests.Select(seen => seen.Line));
    }

    [Fact]
    public async Task Object_is_streamed_with_its_type_key_and_options_and_the_stream_stays_open()
    {
        _peer.On("POST /v1/objects", StatusCodes.Status201Created, Stored, ("Idempotency-Replayed", "true"));
        using var body = new MemoryStream("abc"u8.ToArray());

        var answer = await _client.Objects.PutAsync(
            body,
            new ObjectUpload { ContentType = "text/plain", Key = "a/b" },
            new EffectOptions { IdempotencyKey = "k 1", Wait = TimeSpan.FromSeconds(2) },
            Cancel);

        Assert.True(answer.IsComplete);
        Assert.True(answer.Replayed);
        Assert.Equal("eff_1", answer.EffectId);
        Assert.Equal(3, answer.Value!.Size);
        var seen = Assert.Single(_peer.Requests);
        Assert.Equal("abc", Encoding.UTF8.GetString(seen.Body));
        Assert.Equal("?key=a%2Fb", seen.Query);
        Assert.Equal(("text/plain", "k 1", "wait=2"), (seen.Headers["Content-Type"], seen.Headers["Idempotency-Key"], seen.Headers["Prefer"]));
        Assert.True(body.CanRead);
    }

    [Fact]
    public async Task Effect_that_has_not_ended_is_answered_with_the_effect()
    {
        _peer.On("POST /v1/objects", StatusCodes.Status202Accepted, ContractAnswers.Effect, ("Location", $"/v1/effects/{ContractAnswers.EffectId}"));
        using var body = new MemoryStream("abc"u8.ToArray());

        var answer = await _client.Objects.PutAsync(body, cancellationToken: Cancel);

        Assert.False(answer.IsComplete);
        Assert.Equal(ContractAnswers.EffectId, answer.EffectId);
        Assert.Equal(EffectOutcomes.Unknown, answer.Effect!.Outcome);
    }

    [Fact]
    public async Task Object_content_arrives_as_a_stream_and_slashes_of_a_key_stay()
    {
        _peer.On("GET /v1/objects/reports/jan 1", context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = 5;
            context.Response.Headers.ETag = "\"cid\"";
            return context.Response.WriteAsync("hello");
        });

        await using var content = await _client.Objects.GetAsync("reports/jan 1", Cancel);
        using var reader = new StreamReader(content.Body);

        Assert.Equal("hello", await reader.ReadToEndAsync(Cancel));
        Assert.Equal(("text/plain", 5L, "\"cid\""), (content.ContentType, content.Size, content.Etag));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/../b")]
    public async Task Name_that_would_leave_the_path_is_refused_before_anything_is_sent(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _client.Objects.GetAsync(name, Cancel));

        Assert.Empty(_peer.Requests);
    }

    [Fact]
    public async Task Id_with_a_slash_stays_one_segment()
    {
        await Assert.ThrowsAsync<QrossingProblemException>(() => _client.Effects.GetAsync("eff_1/../../x?y", Cancel));

        Assert.Equal("GET /v1/effects/eff_1%2F..%2F..%2Fx%3Fy", Assert.Single(_peer.Requests).Line);
    }

    [Fact]
    public async Task Receipt_shows_entries_events_deliveries_and_the_signed_document()
    {
        var receipt = await _client.Receipts.GetAsync(ContractAnswers.EffectId, Cancel);
        var document = await _client.Receipts.GetDocumentAsync(ContractAnswers.EffectId, Cancel);

        Assert.Equal([3L, 4, 5, 6], receipt.Entries.Select(entry => entry.Leaf));
        Assert.Null(receipt.Entries[3].Payload);
        Assert.Equal(1, receipt.EntriesPending);
        Assert.Equal("17", Assert.Single(receipt.Events).Sequence);
        Assert.Equal(DeliveryStatuses.Delivered, Assert.Single(receipt.Deliveries).Status);
        Assert.Equal(receipt.Signature, document.GetProperty("signature").GetString());
    }

    [Fact]
    public async Task Subscription_is_made_and_its_secret_is_in_the_answer()
    {
        _peer.On("POST /v1/subscriptions", StatusCodes.Status201Created, """{"id":"whs_1","url":"https://example.org/","types":["*"],"status":"active","secret":"whsec_AAAA"}""");

        var made = await _client.Subscriptions.CreateAsync(new NewSubscription { Url = "https://example.org/", Types = ["*"] }, Cancel);

        Assert.Equal("whsec_AAAA", made.Secret);
        var seen = Assert.Single(_peer.Requests);
        Assert.Equal("""{"url":"https://example.org/","types":["*"]}""", Encoding.UTF8.GetString(seen.Body));
        Assert.Equal("application/json", seen.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Lists_documents_and_checkpoint_are_read()
    {
        var deliveries = await _client.Deliveries.ListAsync(new DeliveryFilter { Status = "dead" }, Cancel);
        var subscriptions = await _client.Subscriptions.ListAsync(cancellationToken: Cancel);
        var connections = await _client.Connections.ListAsync(cancellationToken: Cancel);
        var checkpoint = await _client.Audit.GetCheckpointAsync(Cancel);
        var capabilities = await _client.Gateway.GetCapabilitiesAsync(Cancel);

        Assert.Equal(8, Assert.Single(deliveries.Data).Attempts);
        Assert.Equal("17", Assert.Single(subscriptions.Data).Cursor);
        Assert.Equal(["active", "paused"], connections.Data.Select(connection => connection.Status));
        Assert.StartsWith("qrossing.local/log\n42\n", checkpoint.Checkpoint, StringComparison.Ordinal);
        Assert.Equal("open", Assert.Single(connections.Data[1].Circuits).State);
        Assert.Equal("available", Assert.Single(capabilities["storage"]).State);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(503, false)]
    public async Task Health_is_an_answer_either_way(int status, bool ready)
    {
        _peer.On("GET /health/ready", status, """{"status":"x"}""");
        using var anonymous = new QrossingClient(_peer.BaseUrl, apiKey: null);

        var health = await anonymous.Gateway.GetHealthAsync(Cancel);

        Assert.Equal(ready, health.IsReady);
        Assert.False(Assert.Single(_peer.Requests).Headers.ContainsKey("X-Api-Key"));
    }

    [Fact]
    public async Task Client_over_an_http_client_of_the_callers_needs_its_base_address_and_leaves_it_open()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_peer.BaseUrl, "/") };
        Assert.Throws<ArgumentException>(() => new QrossingClient(new HttpClient(), "k"));

        using (var first = new QrossingClient(http, "wrong"))
        {
            await Assert.ThrowsAsync<QrossingProblemException>(() => first.Effects.ListAsync(cancellationToken: Cancel));
        }

        using var second = new QrossingClient(http, ContractPeer.Key);
        Assert.Equal(2, (await second.Effects.ListAsync(cancellationToken: Cancel)).Data.Count);
    }
}
