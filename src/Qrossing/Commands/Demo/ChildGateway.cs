using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Qrossing.Commands.Demo;

/// <summary>The gateway as a child process that can be killed.</summary>
internal sealed class ChildGateway(string directory, string adminKey, string qindexUrl) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private readonly string _log = Path.Combine(directory, "gateway.log");
    private Process? _process;

    /// <summary>Where it listens, the same after a restart.</summary>
    public Uri BaseUrl { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildGateway).Assembly.Location);
        }

        start.ArgumentList.Add("serve");
        start.Environment["ASPNETCORE_URLS"] = BaseUrl.ToString();
        start.Environment["QROSSING_ADMIN_KEY"] = adminKey;
        start.Environment["QROSSING__Data__Directory"] = Path.Combine(directory, "data");
        start.Environment["QROSSING__Egress__Allow"] = "127.0.0.1";
        start.Environment["QROSSING__Modules__qindex__BaseUrl"] = qindexUrl;
        _process = Process.Start(start) ?? throw new CommandFailedException("The gateway could not be started.");
        _process.OutputDataReceived += Append;
        _process.ErrorDataReceived += Append;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitReadyAsync(http, cancellationToken);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < StartTimeout)
        {
            if (_process!.HasExited)
            {
                throw new CommandFailedException($"The gateway ended with exit code {_process.ExitCode}:{Environment.NewLine}{await File.ReadAllTextAsync(_log, cancellationToken)}");
            }

            try
            {
                using var answer = await http.GetAsync(new Uri(BaseUrl, "/health/ready"), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, cancellationToken);
        }

        throw new CommandFailedException($"The gateway was not ready after {StartTimeout.TotalSeconds} s; see {_log}.");
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            lock (_log)
            {
                File.AppendAllText(_log, line.Data + Environment.NewLine);
            }
        }
    }
}
