using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Data.Backups;
using Qrossing.Simulators.Modules;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Backups;

/// <summary>An online backup of a running gateway, restored elsewhere, through kills; the module simulator counts what really happened.</summary>
[Trait("Kind", "e2e")]
public sealed class RestoreTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("restore");
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private readonly string _modules = $"http://127.0.0.1:{FreePort.Next()}";

    [Fact]
    public async Task What_was_sent_after_the_backup_is_found_and_not_sent_again()
    {
        await using var first = await GatewayProcess.StartAsync(Options("first"), _deadline.Token);
        await PutAsync(first, "kept");

        // The module is not up yet: its index record is recorded, waits, and goes into the backup like that.
        await UntilAsync(async () => await IndexEffectAsync(first) is { } waiting && (string?)waiting["phase"] == "recorded" && waiting["attempts"]!.AsArray().Count > 0);
        var backup = Path.Combine(_folder.Path, "backup");
        await RunAsync("first", ["backup", backup]);
        await using var simulator = await ModulesSimulator.StartAsync(
            new ModulesSimulatorOptions { Url = _modules, StateDirectory = Path.Combine(_folder.Path, "modules") }, _deadline.Token);
        await UntilAsync(async () => (string?)(await IndexEffectAsync(first))!["outcome"] == "succeeded");
        await first.KillAsync();

        await RunAsync("second", ["restore", backup]);
        await using var second = await GatewayProcess.StartAsync(Options("second"), _deadline.Token);
        Assert.Equal("content of kept", await second.Http.GetStringAsync(new Uri("/v1/objects/kept", UriKind.Relative), _deadline.Token));
        await UntilAsync(async () => (string?)(await IndexEffectAsync(second))!["outcome"] == "succeeded");
        var told = await EventsAsync(second, (string)(await IndexEffectAsync(second))!["id"]!);
        Assert.Contains("q.gateway.effects.unknown.v1", told.Select(item => (string?)item["type"]));
        Assert.All(await AppliedAsync(second), entry => Assert.Equal(1, (int)entry.Value!));

        // Positions go on past everything that the lost gateway may have given out, and new work is done.
        Assert.True(long.Parse((string)told[^1]["sequence"]!) > 1_000_000_000);
        await PutAsync(second, "new");
        await UntilAsync(async () => (await AppliedAsync(second)).Count == 2);
        Assert.Equal(0, await second.StopAsync());
        await RunAsync("second", ["audit", "verify"]);
    }

    [Theory]
    [InlineData(RestoreCrashPoints.BeforeLoad)]
    [InlineData(RestoreCrashPoints.AfterLoad)]
    public async Task A_restore_that_was_killed_keeps_the_gateway_from_starting_until_it_is_run_again(string point)
    {
        await using (var first = await GatewayProcess.StartAsync(Options("first"), _deadline.Token))
        {
            await PutAsync(first, "kept");
            await RunAsync("first", ["backup", Path.Combine(_folder.Path, "backup")]);
        }

        await RunAsync("second", ["restore", Path.Combine(_folder.Path, "backup")], exitCode: 137, crashAt: point);
        await RunAsync("second", ["serve"], exitCode: 2);
        await RunAsync("second", ["restore", Path.Combine(_folder.Path, "backup")]);
        await using var second = await GatewayProcess.StartAsync(Options("second"), _deadline.Token);
        Assert.Equal("content of kept", await second.Http.GetStringAsync(new Uri("/v1/objects/kept", UriKind.Relative), _deadline.Token));
    }

    public async ValueTask DisposeAsync()
    {
        _deadline.Dispose();
        _folder.Dispose();
        await ValueTask.CompletedTask;
    }

    private GatewayOptions Options(string name) => new()
    {
        DataDirectory = Path.Combine(_folder.Path, name),
        Settings = new Dictionary<string, string> { ["Egress:Allow"] = "127.0.0.1", ["Modules:qindex:BaseUrl"] = $"{_modules}/qindex" },
    };

    private async Task RunAsync(string name, string[] arguments, int exitCode = 0, string? crashAt = null)
    {
        await using var verb = await GatewayProcess.StartAsync(Options(name) with { Arguments = arguments, WaitUntilReady = false, CrashAt = crashAt }, _deadline.Token);
        Assert.True(await verb.Exit.WaitAsync(_deadline.Token) == exitCode, $"{string.Join(' ', arguments)}: {await verb.Exit}\n{verb.AllOutput}");
    }

    private async Task PutAsync(GatewayProcess gateway, string key)
    {
        using var body = new StringContent($"content of {key}", Encoding.UTF8, "text/plain");
        using var answer = await gateway.Http.PostAsync(new Uri($"/v1/objects?key={key}", UriKind.Relative), body, _deadline.Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(_deadline.Token));
    }

    private async Task<JsonNode?> IndexEffectAsync(GatewayProcess gateway)
    {
        var list = JsonNode.Parse(await gateway.Http.GetStringAsync(new Uri("/v1/effects?kind=modules.index_put", UriKind.Relative), _deadline.Token))!;
        return list["data"]!.AsArray().LastOrDefault() is { } found
            ? JsonNode.Parse(await gateway.Http.GetStringAsync(new Uri($"/v1/effects/{found["id"]}", UriKind.Relative), _deadline.Token))
            : null;
    }

    private async Task<List<JsonNode>> EventsAsync(GatewayProcess gateway, string effect)
    {
        var page = await gateway.Http.GetFromJsonAsync<JsonElement>(new Uri($"/v1/events?subject={effect}&limit=200", UriKind.Relative), _deadline.Token);
        return [.. page.GetProperty("data").EnumerateArray().Select(item => JsonNode.Parse(item.GetRawText())!)];
    }

    private async Task<JsonObject> AppliedAsync(GatewayProcess gateway)
    {
        var state = JsonNode.Parse(await gateway.Anonymous.GetStringAsync(new Uri($"{_modules}/_control/state"), _deadline.Token))!;
        return state["modules"]!["qindex"]!["applied"]!["put"]!.AsObject();
    }

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, _deadline.Token);
        }
    }
}
