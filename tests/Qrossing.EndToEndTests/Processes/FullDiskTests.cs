using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Processes;

/// <summary>A gateway whose data directory is a small disk of its own (a tmpfs; needs root).</summary>
[Trait("Kind", "e2e")]
[Trait("Needs", "mount")]
public sealed class FullDiskTests
{
    [Fact]
    public async Task Full_disk_is_told_by_health_and_by_one_line_for_each_refused_request()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        var cancellationToken = patience.Token;
        using var folder = new TemporaryFolder("full-disk");
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder.Path), "This user may not mount a tmpfs.");
        try
        {
            await using var gateway = await GatewayProcess.StartAsync(new GatewayOptions { DataDirectory = folder.Path }, cancellationToken);
            var filler = Path.Combine(folder.Path, "filler");
            await FillAsync(filler, cancellationToken);

            using var refused = await gateway.Http.PostAsync(new Uri("/v1/objects", UriKind.Relative), new ByteArrayContent(new byte[300_000]), cancellationToken);
            Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);

            // The next look at the state is at most a second away.
            JsonElement problem;
            while (!(problem = await ReadyAsync(gateway, cancellationToken)).TryGetProperty("code", out _))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }

            Assert.Equal("health.not_ready", problem.GetProperty("code").GetString());
            Assert.False(problem.GetProperty("checks").GetProperty("disk").GetProperty("ok").GetBoolean());
            Assert.False(problem.GetProperty("checks").GetProperty("writer").GetProperty("ok").GetBoolean());

            // Sent without a length, it is the spool that finds out.
            using var streamed = new HttpRequestMessage(HttpMethod.Post, "/v1/objects") { Content = new ByteArrayContent(new byte[300_000]), Headers = { TransferEncodingChunked = true } };
            using var late = await gateway.Http.SendAsync(streamed, cancellationToken);
            Assert.Equal(HttpStatusCode.InsufficientStorage, late.StatusCode);
            while (!gateway.AllOutput.Contains("A request was refused with storage.full: The upload could not be stored.", StringComparison.Ordinal))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken); // the console writes behind
            }

            Assert.DoesNotContain("Spool.ReceiveAsync", gateway.AllOutput, StringComparison.Ordinal);

            File.Delete(filler);
            while ((await ReadyAsync(gateway, cancellationToken)).TryGetProperty("code", out _))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }
        }
        finally
        {
            await RunAsync("umount", "-l", folder.Path);
        }
    }

    private static async Task<JsonElement> ReadyAsync(GatewayProcess gateway, CancellationToken cancellationToken) =>
        JsonElement.Parse(await (await gateway.Anonymous.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken)).Content.ReadAsStringAsync(cancellationToken));

    private static async Task FillAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                await file.WriteAsync(new byte[4096], cancellationToken);
            }
        }
        catch (IOException)
        {
        }
    }

    private static async Task<bool> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
