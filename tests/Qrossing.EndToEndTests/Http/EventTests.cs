using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed class EventTests(RunningGateway running)
{
    private HttpClient Http => running.Gateway.Http;

    [Fact]
    public async Task Events_are_taken_in_all_three_modes_and_read_in_order()
    {
        var subject = "modes";
        var structured = await PostAsync($$"""{"specversion":"1.0","id":"m1","source":"/t","type":"q.test.mode.v1","subject":"{{subject}}","data":{"n":1} }""", "application/cloudevents+json");
        var batch = await PostAsync($$"""[{"specversion":"1.0","id":"m2","source":"/t","type":"q.test.mode.v1","subject":"{{subject}}"},{"specversion":"1.0","id":"m1","source":"/t","type":"q.test.mode.v1"}]""", "application/cloudevents-batch+json");
        using var binary = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent("{\"n\":3}", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in new[] { ("ce-specversion", "1.0"), ("ce-id", "m3"), ("ce-source", "/t"), ("ce-type", "q.test.mode.v1"), ("ce-subject", subject) })
        {
            binary.Headers.Add(name, value);
        }

        using var answer = await Http.SendAsync(binary, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(structured.GetProperty("events")[0].GetProperty("sequence").GetString(), batch.GetProperty("events")[1].GetProperty("sequence").GetString());

        var list = await Http.GetFromJsonAsync<JsonElement>($"/v1/events?subject={subject}&type=q.test.*", TestContext.Current.CancellationToken);
        Assert.Equal(["m1", "m2", "m3"], list.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.UnsupportedMediaType, "http.unsupported_media_type")]
    [InlineData("application/cloudevents+json", HttpStatusCode.UnprocessableEntity, "events.invalid")]
    public async Task Body_that_is_no_event_is_refused(string contentType, HttpStatusCode status, string code)
    {
        using var answer = await Http.PostAsync(new Uri("/v1/events", UriKind.Relative), Body("{}", contentType), TestContext.Current.CancellationToken);
        Assert.Equal(code, (await Problem.ReadAsync(answer, status)).Code);
    }

    [Fact]
    public async Task Type_of_the_gateway_is_reserved()
    {
        using var answer = await Http.PostAsync(
            new Uri("/v1/events", UriKind.Relative), Body("""{"specversion":"1.0","id":"r","source":"/t","type":"q.gateway.x.y.v1"}""", "application/cloudevents+json"), TestContext.Current.CancellationToken);
        Assert.Equal("events.reserved_type", (await Problem.ReadAsync(answer, HttpStatusCode.Forbidden)).Code);
    }

    [Fact]
    public async Task Stream_goes_on_after_the_last_event_without_gap_or_repetition()
    {
        await PublishAsync("s1", "s2", "s3");
        var first = await FollowAsync("?after=0&type=q.test.stream.v1", null, 2);
        Assert.Equal(["s1", "s2"], first.Select(item => item.Id));

        var following = FollowAsync("?type=q.test.stream.v1", first[^1].Position, 3);
        await PublishAsync("s4", "s5");
        Assert.Equal(["s3", "s4", "s5"], (await following).Select(item => item.Id));
    }

    [Fact]
    public async Task Stream_position_that_is_none_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream");
        request.Headers.Add("Last-Event-ID", "x");
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("header.invalid", (await Problem.ReadAsync(answer, HttpStatusCode.BadRequest)).Code);
    }

    [Theory]
    [InlineData("/v1/events?after=999999999999")]
    [InlineData("/v1/events/stream?after=999999999999")]
    public async Task Position_ahead_of_the_log_is_a_conflict_that_names_the_head(string path)
    {
        await PostAsync("""{"specversion":"1.0","id":"ahead","source":"/t","type":"q.test.ahead.v1"}""", "application/cloudevents+json");
        var all = await Http.GetFromJsonAsync<JsonElement>("/v1/events?type=q.test.ahead.v1", TestContext.Current.CancellationToken);
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var problem = await Problem.ReadAsync(answer, HttpStatusCode.Conflict);
        Assert.Equal("events.position_ahead", problem.Code);
        var last = long.Parse(all.GetProperty("data").EnumerateArray().Last().GetProperty("sequence").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(problem.Json.GetProperty("head").GetInt64() >= last, problem.Detail);
    }

    [Fact]
    public async Task Last_event_id_ahead_of_the_log_is_a_conflict()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream");
        request.Headers.Add("Last-Event-ID", "999999999999");
        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("events.position_ahead", (await Problem.ReadAsync(answer, HttpStatusCode.Conflict)).Code);
    }

    [Fact]
    public async Task Source_of_the_gateway_is_reserved()
    {
        using var answer = await Http.PostAsync(
            new Uri("/v1/events", UriKind.Relative), Body("""{"specversion":"1.0","id":"r","source":"/qrossing","type":"q.test.mine.v1"}""", "application/cloudevents+json"), TestContext.Current.CancellationToken);
        Assert.Equal("events.reserved_source", (await Problem.ReadAsync(answer, HttpStatusCode.Forbidden)).Code);
    }

    [Fact]
    public async Task Reader_that_leaves_the_stream_is_no_failure()
    {
        const string Ended = "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_route=\"/v1/events/stream\"";
        var before = await EndedStreamsAsync();
        using (var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream"))
        {
            using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        }

        while (await EndedStreamsAsync() == before)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain("failed unexpectedly", running.Gateway.AllOutput, StringComparison.Ordinal);

        async Task<double> EndedStreamsAsync()
        {
            var text = await running.Gateway.Anonymous.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
            return text.Split('\n').Where(line => line.StartsWith(Ended, StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static StringContent Body(string json, string contentType) => new(json) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };

    private async Task PublishAsync(params string[] ids)
    {
        var events = ids.Select(id => new { specversion = "1.0", id, source = "/t", type = "q.test.stream.v1" });
        await PostAsync(JsonSerializer.Serialize(events), "application/cloudevents-batch+json");
    }

    private async Task<JsonElement> PostAsync(string json, string contentType)
    {
        using var answer = await Http.PostAsync(new Uri("/v1/events", UriKind.Relative), Body(json, contentType), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, text);
        return JsonElement.Parse(text);
    }

    private async Task<List<(string Position, string Type, string Id)>> FollowAsync(string query, string? lastEventId, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events/stream{query}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var events = new List<(string, string, string)>();
        var (position, type) = (string.Empty, string.Empty);
        while (events.Count < count && await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var parts = line.Split(": ", 2);
            switch (parts[0])
            {
                case "id":
                    position = parts[1];
                    break;
                case "event":
                    type = parts[1];
                    break;
                case "data":
                    events.Add((position, type, JsonElement.Parse(parts[1]).GetProperty("id").GetString()!));
                    break;
            }
        }

        return events;
    }
}
