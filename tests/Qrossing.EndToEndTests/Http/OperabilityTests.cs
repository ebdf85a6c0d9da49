using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Qrossing.EndToEndTests.Http;

/// <summary>Health, metrics, the OpenAPI document and the reference page.</summary>
[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed partial class OperabilityTests(RunningGateway running)
{
    private const string Promtool = "/usr/bin/promtool";

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    [InlineData("/health/startup", "started")]
    public async Task Health_is_open_and_says_how_it_stands(string path, string status)
    {
        var view = await running.Gateway.Anonymous.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
        Assert.Equal(status, view.GetProperty("status").GetString());
    }

    [Fact]
    [Trait("Needs", "promtool")]
    public async Task Metrics_pass_promtool()
    {
        Assert.SkipUnless(File.Exists(Promtool), "promtool (package prometheus) is not installed.");
        using var traffic = await running.Gateway.Http.GetAsync(new Uri("/v1/effects", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await running.Gateway.Anonymous.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(Promtool, ["check", "metrics"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true })!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        Assert.Equal(string.Empty, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Contains("http_server_request_duration_seconds_bucket{http_request_method=\"GET\",http_route=\"/v1/effects\"", text, StringComparison.Ordinal);
        Assert.Contains("qrossing_effects_open{phase=\"unknown\"} 0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gauges_that_alerts_judge_by_are_there_from_the_start()
    {
        var rules = await File.ReadAllTextAsync(Qrossing.TestKit.Processes.RepositoryRoot.Combine("deploy", "prometheus", "alerts.yaml"), TestContext.Current.CancellationToken);
        var text = await running.Gateway.Anonymous.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        var named = GaugeOfOurs().Matches(rules).Select(match => match.Value).Distinct().ToList(); // counters begin with their first event

        Assert.True(named.Count >= 5, string.Join(", ", named));
        Assert.All(named, name => Assert.Contains($"\n# TYPE {name} gauge\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_for_somebody_behind_a_proxy_need_a_credential()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var anonymous = await running.Gateway.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        await Problem.ReadAsync(anonymous, HttpStatusCode.Unauthorized);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        again.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var known = await running.Powerless.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Fact]
    public void Document_describes_every_operation_with_examples_and_problems()
    {
        Assert.Equal("3.1", running.Document.GetProperty("openapi").GetString()![..3]);
        var operations = DocumentedOperation.Of(running.Document).ToList();
        Assert.True(operations.Count > 70, $"{operations.Count} operations");
        Assert.Equal(operations.Count, operations.Select(operation => operation.Json.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.Empty(operations.Where(operation => operation.TakesJson && operation.Example is null).Select(operation => operation.ToString()));
        Assert.Empty(operations.Where(operation => operation.Permission is not null && !operation.Json.GetProperty("responses").TryGetProperty("403", out _)).Select(operation => operation.ToString()));
    }

    [Fact]
    public void Document_names_the_headers_of_answers()
    {
        var put = running.Document.GetProperty("paths").GetProperty("/v1/objects").GetProperty("post").GetProperty("responses");
        Assert.True(put.GetProperty("201").GetProperty("headers").TryGetProperty("Location", out _));
        Assert.True(put.GetProperty("201").GetProperty("headers").TryGetProperty("Idempotency-Replayed", out _));
        Assert.True(put.GetProperty("202").GetProperty("headers").TryGetProperty("Location", out _));
        Assert.Equal("pending", put.GetProperty("202").GetProperty("content").GetProperty("application/json").GetProperty("example").GetProperty("outcome").GetString());
        Assert.True(put.GetProperty("401").GetProperty("headers").TryGetProperty("WWW-Authenticate", out _));
        Assert.True(put.GetProperty("503").GetProperty("headers").TryGetProperty("Retry-After", out _));
        Assert.Contains(DocumentedOperation.Of(running.Document), operation =>
            operation.Json.GetProperty("responses").TryGetProperty("200", out var ok) && ok.TryGetProperty("headers", out var headers) && headers.TryGetProperty("ETag", out _));
    }

    [Fact]
    public void Document_names_what_uploads_and_events_take_and_answer()
    {
        var paths = running.Document.GetProperty("paths");
        var events = paths.GetProperty("/v1/events").GetProperty("post").GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(type => type.Name);
        Assert.Equal(["application/cloudevents+json", "application/cloudevents-batch+json", "*/*"], events);
        var upload = paths.GetProperty("/v1/objects").GetProperty("post");
        Assert.Contains("507", upload.GetProperty("requestBody").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Subset(upload.GetProperty("responses").EnumerateObject().Select(status => status.Name).ToHashSet(), new HashSet<string> { "201", "202", "400", "415", "422", "507" });
        var read = paths.GetProperty("/v1/objects/{name}");
        Assert.True(read.GetProperty("get").GetProperty("responses").TryGetProperty("409", out _));
        Assert.True(read.GetProperty("head").GetProperty("x-scalar-ignore").GetBoolean());
    }

    [Fact]
    public async Task Document_is_there_as_YAML() =>
        Assert.StartsWith("openapi: ", await running.Gateway.Anonymous.GetStringAsync(new Uri("/openapi/v1.yaml", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);

    [Fact]
    public async Task Reference_page_loads_nothing_from_elsewhere()
    {
        using var page = await running.Gateway.Anonymous.GetAsync(new Uri("/docs/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Empty(ExternalSource().Matches(html).Select(match => match.Value));
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        foreach (Match script in Script().Matches(html))
        {
            using var loaded = await running.Gateway.Anonymous.GetAsync(new Uri(running.Gateway.BaseUrl, new Uri("docs/" + script.Groups["src"].Value, UriKind.Relative)), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, loaded.StatusCode);
        }
    }

    [GeneratedRegex("""(src|href)\s*=\s*["'](https?:)?//[^"']+""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExternalSource();

    [GeneratedRegex(@"(?<=expr: )qrossing_[a-z_]+(?<!_total)\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GaugeOfOurs();

    [GeneratedRegex("""<script[^>]*\ssrc="(?<src>[^"]+)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();
}
