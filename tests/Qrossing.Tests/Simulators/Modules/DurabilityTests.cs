using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Qrossing.Simulators.Modules;

namespace Qrossing.Tests.Simulators.Modules;

[Trait("Kind", "contract")]
public sealed class DurabilityTests : IAsyncLifetime
{
    private readonly RunningSimulator _simulator = new();

    private string IndexJournal => Path.Combine(_simulator.StateDirectory, "qindex.jsonl");

    public ValueTask InitializeAsync() => _simulator.InitializeAsync();

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    private Task<(HttpStatusCode Status, JsonNode Body)> PutAsync(string key) =>
        _simulator.SendAsync("POST", "/qindex/qindex/put", $$"""{"key":"{{key}}","value":{"text":"é\n"} }""");

    private ModulesSimulatorOptions Options => new() { StateDirectory = _simulator.StateDirectory, TimeProvider = _simulator.Time };

    [Fact]
    public async Task Restart_keeps_the_state_of_every_module_and_the_counts()
    {
        (string, string) owner = ("x-squid-id", "did:squid:owner");
        var ada = await _simulator.CreateIdentityAsync();
        await _simulator.DecideAsync(ada, """{"verificationLevel":"ENHANCED"}""");
        await _simulator.SendAsync("POST", $"/squid/identity/{ada["did"]}/subidentity", """{"name":"Sub","type":"AID"}""", _simulator.Signed(ada));
        await _simulator.SendAsync("POST", "/qonsent/api/v1/qonsent/policies", """{"name":"p","rules":[{"audience":"did:squid:owner","resource":"a:b:c","actions":["admin"]}]}""", owner);
        await _simulator.SendAsync("POST", "/qonsent/api/v1/qonsent/grant", """{"resource":"a:b:c","identity":"did:squid:ada","permissions":["read"]}""", owner);
        await PutAsync("kept");
        await PutAsync("kept");
        await _simulator.SendAsync("POST", "/qerberos/audit", """{"type":"t","ref":"r","actor":{"squidId":"a"},"layer":"l","verdict":"DENY"}""", ("Authorization", "Bearer t"));
        string[] reads =
        [
            "/_control/state", $"/squid/identity/{ada["did"]}", "/qonsent/api/v1/qonsent/permissions", "/qonsent/api/v1/qonsent/policies",
            "/qindex/qindex/get/kept", "/qindex/qindex/history/kept", "/qindex/qindex/list", "/qindex/qindex/stats", "/qerberos/audit",
        ];
        async Task<string[]> ReadAllAsync() => await Task.WhenAll(reads.Select(async path =>
        {
            var (_, body) = await _simulator.SendAsync("GET", path, null, path.StartsWith("/squid", StringComparison.Ordinal) ? [] : [owner, ("Authorization", "Bearer t")]);
            body.AsObject().Remove("requestId");
            return body.ToJsonString();
        }));

        var before = await ReadAllAsync();
        await _simulator.RestartAsync();

        Assert.Equal(before, await ReadAllAsync());
        Assert.Equal("3", (string)(await PutAsync("kept")).Body["version"]!);
    }

    [Fact]
    public async Task Put_applied_then_closed_is_there_after_a_restart()
    {
        await _simulator.SetFaultsAsync("""[{"fault":"applied_then_close","times":1}]""");
        await Assert.ThrowsAsync<HttpRequestException>(() => PutAsync("unanswered"));

        await _simulator.RestartAsync();

        Assert.Equal("1", (string)(await _simulator.SendAsync("GET", "/qindex/qindex/get/unanswered")).Body["version"]!);
        Assert.Equal(1, await _simulator.AppliedAsync("qindex", "put", "unanswered"));
    }

    [Theory]
    [InlineData("""{"op":"put","key":"torn","at":"2026""")]
    [InlineData("""{"op":"put","key":"torn","at":"2026-03-01T12:00:00Z","data":{}}""")]
    [InlineData("\0\0\0\0\n")]
    [InlineData("null\n")]
    public async Task Torn_last_line_is_cut_off_and_the_journal_goes_on(string torn)
    {
        await PutAsync("whole");
        await _simulator.StopAsync();
        await File.AppendAllTextAsync(IndexJournal, torn);

        await _simulator.StartAsync();
        Assert.Equal(0, await _simulator.AppliedAsync("qindex", "put", "torn"));
        Assert.Equal("2", (string)(await PutAsync("whole")).Body["version"]!);
        await _simulator.RestartAsync();

        Assert.Equal(2, await _simulator.AppliedAsync("qindex", "put", "whole"));
    }

    [Fact]
    public async Task Damaged_line_that_is_not_the_last_stops_the_start_naming_file_and_line()
    {
        await PutAsync("first");
        await _simulator.StopAsync();
        var whole = await File.ReadAllTextAsync(IndexJournal);
        await File.WriteAllTextAsync(IndexJournal, whole + "{\n" + whole);

        var exception = await Assert.ThrowsAsync<SimulatorConfigurationException>(() => ModulesSimulator.StartAsync(Options, CancellationToken.None));

        Assert.Contains("Line 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("qindex.jsonl", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_cut_of_a_journal_leaves_a_prefix_of_what_was_answered()
    {
        for (var number = 1; number <= 3; number++)
        {
            await PutAsync("cut");
        }

        await _simulator.StopAsync();
        var whole = await File.ReadAllBytesAsync(IndexJournal);
        for (var length = 0; length <= whole.Length; length += 7)
        {
            await File.WriteAllBytesAsync(IndexJournal, whole[..length]);
            await _simulator.StartAsync();
            Assert.Equal(whole.AsSpan(0, length).Count((byte)'\n'), await _simulator.AppliedAsync("qindex", "put", "cut"));
            await _simulator.StopAsync();
        }
    }

    [Fact]
    public async Task Second_simulator_on_one_state_directory_is_refused()
    {
        var exception = await Assert.ThrowsAsync<SimulatorConfigurationException>(() => ModulesSimulator.StartAsync(Options, CancellationToken.None));

        Assert.Contains("another simulator", exception.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await PutAsync("undisturbed")).Status);
    }

    [Fact]
    public async Task Document_number_of_a_verification_is_never_written_whole()
    {
        var ada = await _simulator.CreateIdentityAsync();
        await _simulator.SendAsync("PUT", $"/squid/identity/{ada["did"]}/verify", """{"fullName":"Ada King","dateOfBirth":"1815-12-10","documentType":"passport","documentNumber":"X1234567"}""", _simulator.Signed(ada));
        await _simulator.StopAsync();

        var written = await File.ReadAllTextAsync(Path.Combine(_simulator.StateDirectory, "squid.jsonl"), Encoding.UTF8);

        Assert.Contains("4567", written, StringComparison.Ordinal);
        Assert.DoesNotContain("X1234567", written, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada King", written, StringComparison.Ordinal);
    }
}
