using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Qrossing.TestKit.Processes;

namespace Qrossing.TestKit.Counterparts;

/// <summary>
/// A real Ethereum node (Foundry anvil) on 127.0.0.1 with ten funded development accounts. Beyond the usual JSON-RPC it has
/// <c>anvil_reorg</c> (positional parameters), <c>evm_snapshot</c>, <c>evm_setAutomine</c>, <c>txpool_content</c>.
/// </summary>
public sealed class AnvilCounterpart : IAsyncDisposable
{
    private const string ListeningPrefix = "Listening on ";
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private readonly BoundProcess _process;
    private readonly TemporaryFolder _folder;
    private readonly HttpClient _http = new();
    private int _lastRequestId;

    private AnvilCounterpart(BoundProcess process, TemporaryFolder folder, AnvilOptions options, string authority)
    {
        _process = process;
        _folder = folder;
        Options = options;
        Url = new Uri($"http://{authority}/");
        WebSocketUrl = new Uri($"ws://{authority}/");
    }

    /// <summary>The well-known development accounts, 10,000 ether each. The keys are public: never use them anywhere else.</summary>
    public static IReadOnlyList<AnvilAccount> Accounts { get; } =
    [
        new("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"),
        new("0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"),
        new("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"),
    ];

    public AnvilOptions Options { get; }

    public Uri Url { get; }

    public Uri WebSocketUrl { get; }

    /// <summary>Starts an instance of the caller's own; see <see cref="CounterpartHost.AnvilAsync"/> for a shared one.</summary>
    public static async Task<AnvilCounterpart> StartAsync(AnvilOptions? options = null)
    {
        options ??= new AnvilOptions();
        await Installation.EnsureAsync(Installation.NodePackages);
        using var deadline = new CancellationTokenSource(StartWithin, TimeProvider.System);
        var folder = new TemporaryFolder("anvil");
        var process = await BoundProcess.StartAsync(
            new BoundCommand(RepositoryRoot.Combine("eng", "counterparts", "anvil.sh"), [.. Arguments(options)])
            {
                Scratch = folder.Path,
                WorkingDirectory = folder.Path,
                Environment = new Dictionary<string, string?> { ["HOME"] = folder.Path, ["QROSSING_TOOLS"] = NodeTool.CacheFolder },
            },
            deadline.Token);
        try
        {
            var line = await process.WaitForLineAsync(text => text.StartsWith(ListeningPrefix, StringComparison.Ordinal), deadline.Token);
            var node = new AnvilCounterpart(process, folder, options, line[ListeningPrefix.Length..]);
            await node.RequireChainAsync();
            return node;
        }
        catch
        {
            await process.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>One JSON-RPC call; returns <c>result</c>.</summary>
    /// <exception cref="InvalidOperationException">The node answered an error.</exception>
    public async Task<JsonElement> CallAsync(string method, params object?[] parameters)
    {
        var request = new { jsonrpc = "2.0", id = Interlocked.Increment(ref _lastRequestId), method, @params = parameters };
        using var response = await _http.PostAsJsonAsync(Url, request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.TryGetProperty("result", out var result)
            ? result
            : throw new InvalidOperationException($"{method}: {answer.GetRawText()}");
    }

    /// <summary>Makes blocks now.</summary>
    public Task MineAsync(int blocks = 1) => CallAsync("anvil_mine", $"0x{blocks:x}");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task RequireChainAsync()
    {
        var answered = (await CallAsync("eth_chainId")).GetString();
        if (answered != $"0x{Options.ChainId:x}")
        {
            throw new InvalidOperationException($"anvil answers for chain {answered}, not for {Options.ChainId}.");
        }
    }

    private static IEnumerable<string> Arguments(AnvilOptions options)
    {
        yield return "0"; // Any free port: anvil prints the one it got.
        yield return options.ChainId.ToString(CultureInfo.InvariantCulture);
        yield return "--slots-in-an-epoch";
        yield return options.SlotsInEpoch.ToString(CultureInfo.InvariantCulture);
        switch (options.Mining)
        {
            case AnvilMining.Interval:
                yield return "--block-time";
                yield return options.BlockTime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                break;
            case AnvilMining.Manual:
                yield return "--no-mining";
                break;
        }

        if (options.ForkOf is not null)
        {
            yield return "--fork-url";
            yield return options.ForkOf.AbsoluteUri;
        }
    }
}
