using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Qrossing.Benchmarks.Measuring;
using Qrossing.TestKit.Processes;

namespace Qrossing.Benchmarks.Profiles;

/// <summary>A large object in and out again, verified by its hash; resident memory sampled all along. Rival: <c>cp</c>, <c>sync</c> and <c>sha256sum</c> of the same file.</summary>
internal sealed class StreamProfile : IProfile
{
    private const int BufferBytes = 1024 * 1024;
    private const double Flat = 64;
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(100);

    public string Name => "stream";

    public async Task RunAsync(ProfileOptions options, Report report)
    {
        var size = options.IsFull ? 2L << 30 : 512L << 20;
        using var folder = new TemporaryFolder("stream");
        var source = Path.Combine(folder.Path, "source");
        var hash = await WriteAsync(source, size);
        var rival = await RivalAsync(folder.Path);
        await using var gateway = await GatewayUnderTest.StartAsync(options);
        await GatewayUnderTest.ConnectAsync(gateway, "disk", "cloud.local", new { });
        using var http = new HttpClient { BaseAddress = gateway.BaseUrl, Timeout = TimeSpan.FromMinutes(30), DefaultRequestHeaders = { { "X-Api-Key", gateway.AdminKey } } };
        await PutAsync(http, new ByteArrayContent(new byte[8 * BufferBytes])); // the code is compiled and the pools are there

        using var stop = new CancellationTokenSource();
        var samples = SampleAsync(gateway.Pid, stop.Token);
        var (began, before) = (TimeProvider.System.GetTimestamp(), ProcessMeter.Processor(gateway.Pid));
        await using var file = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous);
        var id = await PutAsync(http, new StreamContent(file, BufferBytes));
        var put = TimeProvider.System.GetElapsedTime(began);
        var putProcessor = ProcessMeter.Processor(gateway.Pid) - before;
        (began, before) = (TimeProvider.System.GetTimestamp(), ProcessMeter.Processor(gateway.Pid));
        var read = await GetAsync(http, id);
        var get = TimeProvider.System.GetElapsedTime(began);
        var getProcessor = ProcessMeter.Processor(gateway.Pid) - before;
        await stop.CancelAsync();
        var memory = await samples;
        if (read != hash)
        {
            throw new InvalidOperationException("What came out is not what went in.");
        }

        var growth = (memory.Max() - memory[0]) / 1e6;
        report.Add(new Figure(Name, $"{size >> 20} MiB in", $"{Speed(size, put)}, {Cost(size, putProcessor)}"));
        report.Add(new Figure(Name, $"{size >> 20} MiB out, verified", $"{Speed(size, get)}, {Cost(size, getProcessor)}"));
        report.Add(new Figure(Name, "rival: cp, sync, sha256sum", $"{Speed(size, rival)}"));
        report.Add(new Figure(Name, "resident memory, growth over both ways", $"{growth:F0} MB ({memory[0] / 1e6:F0} at first, {memory.Max() / 1e6:F0} at most)", $"flat (<= {Flat} MB)", growth <= Flat));
        await File.WriteAllLinesAsync(Path.Combine(report.Directory, "stream-rss.txt"), memory.Select(static bytes => $"{bytes}"));
    }

    private static string Speed(long size, TimeSpan took) => $"{size / took.TotalSeconds / 1e6:F0} MB/s";

    private static string Cost(long size, TimeSpan processor) => $"{processor.TotalMilliseconds / (size / 1e9):F0} ms CPU per GB";

    private static async Task<string> WriteAsync(string path, long size)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(path, BufferBytes);
        var buffer = RandomNumberGenerator.GetBytes(BufferBytes);
        for (var written = 0L; written < size; written += BufferBytes)
        {
            BitConverter.TryWriteBytes(buffer, written); // no two blocks alike
            hash.AppendData(buffer);
            await file.WriteAsync(buffer);
        }

        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<TimeSpan> RivalAsync(string folder)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "cp source copy && sync copy && sha256sum copy >/dev/null"]) { WorkingDirectory = folder })!;
        await shell.WaitForExitAsync();
        File.Delete(Path.Combine(folder, "copy"));
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static async Task<string> PutAsync(HttpClient http, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/objects?connection=disk") { Content = content };
        request.Headers.Add("Prefer", "wait=60");
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (int)answer.StatusCode == 201
            ? body.GetProperty("id").GetString()!
            : throw new InvalidOperationException($"{(int)answer.StatusCode} {body}");
    }

    private static async Task<string> GetAsync(HttpClient http, string id)
    {
        using var answer = await http.GetAsync(new Uri($"/v1/objects/{id}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(body));
    }

    private static async Task<List<long>> SampleAsync(int pid, CancellationToken stop)
    {
        var samples = new List<long>();
        do
        {
            samples.Add(ProcessMeter.Resident(pid));
            await Task.Delay(Sample, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!stop.IsCancellationRequested);
        return samples;
    }
}
