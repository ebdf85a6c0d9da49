using System.Net.Sockets;
using System.Text;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Processes;

/// <summary>What is in flight when the process is told to stop.</summary>
[Trait("Kind", "e2e")]
public sealed class ShutdownTests
{
    private static readonly TimeSpan BetweenBytes = TimeSpan.FromMilliseconds(150);

    /// <summary>A body that takes longer than the two seconds after which the command line library ends a process on its own.</summary>
    private static readonly byte[] SlowPart = Encoding.ASCII.GetBytes("a body of twenty-six bytes");

    [Fact]
    public async Task Slow_body_in_flight_is_answered_whole_and_the_process_ends_with_0()
    {
        await using var gateway = await GatewayProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.BaseUrl.Host, gateway.BaseUrl.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /v1/objects HTTP/1.1\r\nHost: x\r\nX-Api-Key: {gateway.AdminKey}\r\nContent-Type: text/plain\r\nContent-Length: {SlowPart.Length}\r\n\r\n"),
            TestContext.Current.CancellationToken);
        await stream.WriteAsync(SlowPart.AsMemory(0, 1), TestContext.Current.CancellationToken);
        var stopped = gateway.StopAsync();
        using var pace = new PeriodicTimer(BetweenBytes, TimeProvider.System);
        for (var sent = 1; sent < SlowPart.Length; sent++)
        {
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await stream.WriteAsync(SlowPart.AsMemory(sent, 1), TestContext.Current.CancellationToken);
        }

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 201 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\"size\":{SlowPart.Length}", answer, StringComparison.Ordinal);
        Assert.Equal(0, await stopped);
    }

    [Fact]
    public async Task Open_event_stream_does_not_hold_the_process()
    {
        await using var gateway = await GatewayProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var stream = await gateway.Http.GetAsync(
            new Uri("/v1/events/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal(0, await gateway.StopAsync());
    }

    [Fact]
    public async Task Start_that_is_told_to_stop_ends_with_0_and_without_a_stack_trace()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewayOptions { WaitUntilReady = false }, TestContext.Current.CancellationToken);
        await gateway.Output.WaitForLineAsync(static line => line.Length > 0, TestContext.Current.CancellationToken); // the key ring's warning: before it listens

        Assert.Equal(0, await gateway.StopAsync());
        Assert.DoesNotContain("   at ", gateway.AllOutput, StringComparison.Ordinal);
    }
}
