using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Processes;

/// <summary>A start that cannot be: one sentence and an exit code, never a stack trace.</summary>
[Trait("Kind", "e2e")]
public sealed class StartFailureTests
{
    [Fact]
    public async Task Port_that_is_taken_ends_with_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await EndsAsync(1, "The gateway cannot listen:", environment: ("ASPNETCORE_URLS", $"http://{taken.LocalEndpoint}"));
    }

    [Theory]
    [InlineData("Secrets:RootKey", "env:TESTS_NOT_SET", "Secrets:RootKey names env:TESTS_NOT_SET")]
    [InlineData("Egress:Allow:0", "not a host!", "Egress:Allow: 'not a host!'")]
    [InlineData("Data:Engine", "postgresql", "Data:ConnectionString: PostgreSQL needs a connection string.")]
    public Task Configuration_that_cannot_be_used_ends_with_2(string key, string value, string sentence) => EndsAsync(2, sentence, setting: (key, value));

    [Fact]
    public Task Listener_that_cannot_be_ends_with_2() => EndsAsync(2, "is https; the gateway speaks http", environment: ("ASPNETCORE_URLS", "https://127.0.0.1:5443"));

    [Fact]
    public async Task Administrator_key_that_was_revoked_ends_the_next_start_with_2()
    {
        await using var gateway = await GatewayProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var keys = await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/api-keys", TestContext.Current.CancellationToken);
        using var revoked = await gateway.Http.DeleteAsync(
            new Uri($"/v1/api-keys/{keys.GetProperty("data")[0].GetProperty("id").GetString()}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);

        await gateway.RestartAsync(options => options with { WaitUntilReady = false }, TestContext.Current.CancellationToken);

        Assert.Equal(2, await gateway.Exit);
        Assert.Contains("which was revoked at", gateway.Output.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.AdminKey, gateway.AllOutput, StringComparison.Ordinal);
    }

    private static async Task EndsAsync(int exitCode, string sentence, (string Name, string? Value)? environment = null, (string Key, string Value)? setting = null)
    {
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewayOptions
            {
                WaitUntilReady = false,
                Environment = environment is { } variable ? new Dictionary<string, string?> { [variable.Name] = variable.Value } : new Dictionary<string, string?>(),
                Settings = setting is { } item ? new Dictionary<string, string> { [item.Key] = item.Value } : new Dictionary<string, string>(),
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, await gateway.Exit);
        Assert.Contains(sentence, gateway.Output.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", gateway.Output.Errors, StringComparison.Ordinal);
    }
}
