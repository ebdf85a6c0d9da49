using System.Net;
using System.Security.Cryptography;

namespace Qrossing.TestKit.Processes;

/// <summary>
/// The gateway as its users run it: the built executable in a process of its own, with its own data directory and a port
/// it keeps across restarts.
/// </summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private const string KeyHeader = "X-Api-Key";
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(20);

    private readonly GatewayOptions _options;
    private readonly TemporaryFolder _folder = new("gateway");
    private readonly List<ProcessOutput> _outputs = [];
    private BoundProcess? _process;

    private GatewayProcess(GatewayOptions options)
    {
        _options = options;
        DataDirectory = options.DataDirectory ?? Path.Combine(_folder.Path, "data");
        BaseUrl = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        AdminKey = $"qk_test_testkit_{RandomNumberGenerator.GetHexString(40, lowercase: true)}";
        Http = new HttpClient { BaseAddress = BaseUrl, DefaultRequestHeaders = { { KeyHeader, AdminKey } } };
        Anonymous = new HttpClient { BaseAddress = BaseUrl };
    }

    /// <summary>Where it listens; the same after a restart.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The administrator's API key.</summary>
    public string AdminKey { get; }

    /// <summary>Its data directory; kept across restarts.</summary>
    public string DataDirectory { get; }

    /// <summary>A client that sends <see cref="AdminKey"/>.</summary>
    public HttpClient Http { get; }

    /// <summary>A client without a credential.</summary>
    public HttpClient Anonymous { get; }

    /// <summary>Process id of the gateway running now (or last).</summary>
    public int Pid => Current.Pid;

    /// <summary>Completes with the exit code when the present process ends: 137 after a SIGKILL, its own included.</summary>
    public Task<int> Exit => Current.Exit;

    /// <summary>Output of the process running now (or last).</summary>
    public ProcessOutput Output => Current.Output;

    /// <summary>Everything all starts wrote, oldest first: for failure messages.</summary>
    public string AllOutput => string.Join("\n--- restart ---\n", _outputs.Select(output => output.All));

    private BoundProcess Current => _process ?? throw new InvalidOperationException("The gateway was never started.");

    public static async Task<GatewayProcess> StartAsync(GatewayOptions? options = null, CancellationToken cancellationToken = default)
    {
        var gateway = new GatewayProcess(options ?? new GatewayOptions());
        try
        {
            await gateway.LaunchAsync(gateway._options, cancellationToken);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed. Returns when the process is gone.</summary>
    public Task KillAsync() => Current.KillAsync();

    /// <summary>SIGTERM and the graceful shutdown. Returns the exit code.</summary>
    public Task<int> StopAsync() => Current.StopAsync(StopGrace);

    /// <summary>
    /// Starts it again on the same data directory, port and key, after ending it gracefully if it still runs.
    /// </summary>
    /// <param name="change">Changes to the options of the first start, for this start only. Its crash point is off by default.</param>
    /// <param name="cancellationToken">Ends the wait for readiness.</param>
    public async Task RestartAsync(Func<GatewayOptions, GatewayOptions>? change = null, CancellationToken cancellationToken = default)
    {
        if (!Exit.IsCompleted)
        {
            await StopAsync();
        }

        await Current.DisposeAsync();
        var next = _options with { CrashAt = null };
        await LaunchAsync(change?.Invoke(next) ?? next, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Http.Dispose();
        Anonymous.Dispose();
        _folder.Dispose();
    }

    private async Task LaunchAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        _process = await BoundProcess.StartAsync(
            new BoundCommand("dotnet", [options.Program ?? ExecutablePath(), .. options.Arguments])
            {
                Environment = Environment(options),
                WorkingDirectory = _folder.Path,
            },
            cancellationToken);
        _outputs.Add(_process.Output);
        if (options.WaitUntilReady)
        {
            await WaitUntilReadyAsync(options.ReadyWithin, cancellationToken);
        }
    }

    private async Task WaitUntilReadyAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(within, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            while (!await IsReadyAsync(either.Token))
            {
                if (Exit.IsCompleted)
                {
                    throw new InvalidOperationException($"The gateway ended with exit code {await Exit} before it was ready. Its output:\n{AllOutput}");
                }

                await Task.Delay(ReadyPoll, TimeProvider.System, either.Token);
            }
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The gateway was not ready within {within}. Its output:\n{AllOutput}", late);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Anonymous.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
    }

    /// <summary>Only what the test says: variables of the shell the tests were started from must not change what is tested.</summary>
    private Dictionary<string, string?> Environment(GatewayOptions options)
    {
        var environment = new Dictionary<string, string?>();
        foreach (string name in System.Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("QROSSING", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name is "DOTNET_ENVIRONMENT")
            {
                environment[name] = null;
            }
        }

        environment["ASPNETCORE_URLS"] = BaseUrl.AbsoluteUri.TrimEnd('/');
        environment["QROSSING_ADMIN_KEY"] = AdminKey;
        environment["QROSSING__Data__Directory"] = DataDirectory;
        environment["QROSSING_CRASH_AT"] = options.CrashAt;
        foreach (var (key, value) in options.Settings)
        {
            environment["QROSSING__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        foreach (var (name, value) in options.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>The executable of the same build configuration as the running tests: <c>artifacts/bin/{project}/{configuration}/</c>.</summary>
    private static string ExecutablePath()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return RepositoryRoot.Combine("artifacts", "bin", "Qrossing", configuration, "Qrossing.dll");
    }
}
