using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Qrossing.Core.Access;
using Qrossing.Core.Audit.Receipts;
using Qrossing.Formats.Transparency;
using Qrossing.Simulators.Modules;
using Spectre.Console;

namespace Qrossing.Commands.Demo;

/// <summary>
/// The main job, step by step, on real processes: 1. start, 2. put a file, 3. index and event, 4. kill the gateway inside a second effect,
/// 5. restart, 6. count what really happened, 7. verify the receipt.
/// </summary>
internal sealed class DemoScript(IAnsiConsole console, DemoApi api, ChildGateway gateway, DemoReceiver receiver, HttpClient http, string simulatorUrl)
{
    private static readonly string[] Types = ["q.gateway.objects.*", "q.gateway.effects.*"];
    private readonly DemoTimeline _timeline = new(console);

    public static async Task<int> RunAsync(FileInfo? file, bool keep, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        var path = file?.FullName ?? typeof(DemoScript).Assembly.Location;
        if (!File.Exists(path))
        {
            throw new CommandFailedException($"There is no file {path}.");
        }

        var directory = Directory.CreateTempSubdirectory("qrossing-demo-").FullName;
        using var http = LocalHttp.Create(url: null, TimeSpan.FromSeconds(70)); // everything it calls is on loopback
        try
        {
            await using var simulator = await ModulesSimulator.StartAsync(
                new ModulesSimulatorOptions { StateDirectory = Path.Combine(directory, "simulator") }, cancellationToken);
            await using var receiver = await DemoReceiver.StartAsync(cancellationToken);
            var key = ApiKeyText.Create("live").Text;
            await using var gateway = new ChildGateway(directory, key, $"{simulator.BaseUrl}/qindex");
            var script = new DemoScript(console, new DemoApi(http, gateway.BaseUrl, key), gateway, receiver, http, simulator.BaseUrl);
            var passed = await script.PlayAsync(path, cancellationToken);
            if (keep)
            {
                console.MarkupLineInterpolated($"[grey]Still up: {gateway.BaseUrl} with key {key}; end with Ctrl+C.[/]");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
                    .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }

            return passed ? CommandRunner.Done : CommandRunner.Failed;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task<bool> PlayAsync(string path, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await gateway.StartAsync(http, cancellationToken);
        _timeline.Add("gateway", $"ready on {gateway.BaseUrl}, embedded SQLite, module simulator and webhook receiver on loopback");

        var subscription = await api.PostAsync("/v1/subscriptions", Subscribe(), cancellationToken);
        receiver.Use(subscription["secret"]!.GetValue<string>());
        _timeline.Add("subscription", $"{subscription["id"]} for {string.Join(" and ", Types)}");

        var first = await PutAsync(path, "demo/first", "demo-first", cancellationToken);
        _timeline.Add("object", $"{first.Size:N0} bytes stored as {first.Cid}");
        await IndexedAsync(first, cancellationToken);
        _timeline.Add("index", $"Qindex has object/{first.ObjectId}");
        await DeliveredAsync(first, cancellationToken);
        _timeline.Add("event", $"q.gateway.objects.stored.v1 delivered and its signature verified ({receiver.Events.Count} events so far)");

        var second = await KillInsideAsync(path, cancellationToken);
        await DeliveredAsync(second, cancellationToken);
        var verdicts = await CountAsync(first, second, cancellationToken);
        var receipt = await VerifyReceiptAsync(second, cancellationToken);

        _timeline.Print();
        console.WriteLine();
        DemoVerdicts.Print(console, [.. verdicts, receipt]);
        var passed = verdicts.All(verdict => verdict.Holds) && receipt.Holds;
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"{(passed ? "[green]Nothing was lost, nothing was doubled.[/]" : "[red]Something is wrong.[/]")} [grey]{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s[/]"));
        return passed;
    }

    private static JsonObject Subscribe(string url) => new() { ["url"] = url, ["types"] = new JsonArray([.. Types.Select(type => JsonValue.Create(type))]) };

    private JsonObject Subscribe() => Subscribe(receiver.Url);

    private async Task<DemoObject> PutAsync(string path, string name, string idempotencyKey, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        var answer = await api.PutObjectAsync(content, name, idempotencyKey, cancellationToken);
        return new DemoObject(answer["id"]!.GetValue<string>(), answer["cid"]!.GetValue<string>(), answer["size"]!.GetValue<long>(), answer["effectId"]!.GetValue<string>());
    }

    private Task<JsonNode> IndexedAsync(DemoObject stored, CancellationToken cancellationToken) => api.UntilAsync(
        "/v1/effects?kind=modules.index_put&outcome=succeeded",
        answer => answer["data"]!.AsArray().Any(effect => effect!["result"]?["key"]?.GetValue<string>() == $"object/{stored.ObjectId}"),
        "the index record",
        cancellationToken);

    private async Task DeliveredAsync(DemoObject stored, CancellationToken cancellationToken)
    {
        var until = Stopwatch.GetTimestamp();
        while (!receiver.Events.Any(arrival => arrival.Type == "q.gateway.objects.stored.v1" && arrival.EffectId == stored.EffectId))
        {
            if (Stopwatch.GetElapsedTime(until) > TimeSpan.FromSeconds(15))
            {
                throw new CommandFailedException("The event was not delivered within 15 s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    // The simulator applies the second index record at once and answers late: the kill falls exactly where nobody can know what happened.
    private async Task<DemoObject> KillInsideAsync(string path, CancellationToken cancellationToken)
    {
        await ControlAsync(HttpMethod.Post, "/_control/faults", """[{"match":{"module":"qindex","method":"POST"},"fault":"slow","delayMs":5000,"times":1}]""", cancellationToken);
        var before = await AppliedAsync(cancellationToken);
        var second = await PutAsync(path, "demo/second", "demo-second", cancellationToken);
        _timeline.Add("object", $"the same bytes again under another key: {second.Cid}");
        while ((await AppliedAsync(cancellationToken)).Count == before.Count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        await gateway.KillAsync();
        _timeline.Add("kill -9", "Qindex has applied the record, the gateway has not heard the answer");
        await gateway.StartAsync(http, cancellationToken);
        _timeline.Add("restart", "the effect was 'sending'; it reads as unknown and is looked up at Qindex");
        await IndexedAsync(second, cancellationToken);
        _timeline.Add("index", "found there: succeeded, without a second sending");
        return second;
    }

    private async Task<IReadOnlyList<DemoVerdict>> CountAsync(DemoObject first, DemoObject second, CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(cancellationToken);
        var effects = (await api.GetAsync("/v1/effects?limit=200", cancellationToken))["data"]!.AsArray();
        var events = (await api.GetAsync("/v1/events?limit=200&type=q.gateway.*", cancellationToken))["data"]!.AsArray();
        var subscribed = events.Where(item => item!["type"]!.GetValue<string>() is var type && (type.StartsWith("q.gateway.objects.", StringComparison.Ordinal) || type.StartsWith("q.gateway.effects.", StringComparison.Ordinal)))
            .Select(item => item!["id"]!.GetValue<string>()).ToHashSet();
        await AllArrivedAsync(subscribed, cancellationToken);
        var arrived = receiver.Events.Select(arrival => arrival.Id).ToHashSet();
        return
        [
            new("two puts and two index records are four effects", effects.Count == 4),
            new("every effect succeeded", effects.All(effect => effect!["outcome"]!.GetValue<string>() == "succeeded")),
            new("Qindex applied each record exactly once", new[] { first, second }.All(stored => applied.GetValueOrDefault($"object/{stored.ObjectId}") == 1)),
            new("every event in the log arrived at the subscriber", subscribed.IsSubsetOf(arrived)),
            new("no signature was wrong", receiver.Refused == 0),
        ];
    }

    private async Task AllArrivedAsync(HashSet<string> ids, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (!ids.IsSubsetOf(receiver.Events.Select(arrival => arrival.Id)) && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    private async Task<DemoVerdict> VerifyReceiptAsync(DemoObject stored, CancellationToken cancellationToken)
    {
        var receipt = await api.GetAsync($"/v1/receipts/{stored.EffectId}", cancellationToken);
        var bytes = Encoding.UTF8.GetBytes(receipt.ToJsonString());
        var checkpoint = await api.GetAsync("/v1/audit/checkpoint", cancellationToken);
        var verification = NoteVerifierKey.TryParse((string?)checkpoint["key"], out var key)
            ? ReceiptVerifier.Verify(bytes, key)
            : throw new CommandFailedException("The gateway gave no log key.");
        _timeline.Add("receipt", $"{stored.EffectId}: {verification.Entries} audit entries proven in a log of {verification.TreeSize}, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}...");
        return new DemoVerdict("the receipt verifies", verification.IsValid);
    }

    /// <summary>How often Qindex really applied a put, by key.</summary>
    private async Task<Dictionary<string, int>> AppliedAsync(CancellationToken cancellationToken)
    {
        var state = JsonNode.Parse(await ControlAsync(HttpMethod.Get, "/_control/state", null, cancellationToken))!;
        return DemoState.Puts(state);
    }

    private async Task<string> ControlAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, simulatorUrl + path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }
}

/// <summary>An object that the demo stored.</summary>
internal sealed record DemoObject(string ObjectId, string Cid, long Size, string EffectId);

/// <summary>A promise and whether it held.</summary>
internal sealed record DemoVerdict(string Promise, bool Holds);
