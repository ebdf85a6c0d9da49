using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Network;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Chains;

/// <summary>A gateway with a connection to a real anvil through a front that can break the line.</summary>
internal sealed class ChainScenario : IAsyncDisposable
{
    /// <summary>Blocks until a transaction is final.</summary>
    public const int Confirmations = 3;

    /// <summary>CAIP-2 of the chain.</summary>
    public const string Chain = "eip155:31337";

    /// <summary>One ether.</summary>
    public static readonly BigInteger Ether = BigInteger.Pow(10, 18);

    private readonly GatewayProcess _gateway;

    private ChainScenario(AnvilCounterpart node, JsonRpcFront line, GatewayProcess gateway)
    {
        (Node, Line, _gateway, Client) = (node, line, gateway, new GatewayClient(gateway));
    }

    public AnvilCounterpart Node { get; }

    public JsonRpcFront Line { get; }

    public GatewayClient Client { get; }

    public GatewayProcess Gateway => _gateway;

    public static string Receiver => AnvilCounterpart.Accounts[1].Address;

    public static async Task<ChainScenario> StartAsync(AnvilMining mining = AnvilMining.PerTransaction, string? crashAt = null)
    {
        var node = await AnvilCounterpart.StartAsync(new AnvilOptions { Mining = mining });
        var line = await JsonRpcFront.StartAsync(node.Url);
        var gateway = await GatewayProcess.StartAsync(new GatewayOptions { Settings = new Dictionary<string, string> { ["Egress:Allow:0"] = "127.0.0.1" }, CrashAt = crashAt });
        var scenario = new ChainScenario(node, line, gateway);
        await scenario.Client.ConnectAsync("devnet", "blockchain.evm", new { chainId = 31337, endpoint = line.Url, confirmations = Confirmations });
        return scenario;
    }

    /// <summary>A new managed wallet with this balance.</summary>
    public async Task<(string Id, string Address)> WalletAsync(BigInteger balance, string? privateKey = null)
    {
        object wanted = privateKey is null ? new { name = "test" } : new { name = "test", privateKey };
        var wallet = await Client.PostAsync("/v1/wallets", wanted);
        var address = wallet.GetProperty("address").GetString()!;
        await FundAsync(address, balance);
        return (wallet.GetProperty("id").GetString()!, address);
    }

    public Task FundAsync(string address, BigInteger balance) => Node.CallAsync("anvil_setBalance", address, $"0x{balance:x}");

    public static object Transfer(string wallet, BigInteger value, string? to = null) =>
        new { chain = Chain, wallet, to = to ?? Receiver, value = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Sends without waiting for the outcome; returns the effect's id.</summary>
    public async Task<string> SubmitAsync(object transaction, string key)
    {
        var effect = await Client.PostAsync("/v1/transactions", transaction, System.Net.HttpStatusCode.Accepted, key, "wait=0");
        return effect.GetProperty("id").GetString()!;
    }

    /// <summary>The transaction of an effect.</summary>
    public async Task<JsonElement> TransactionAsync(string effect) =>
        (await Client.ListAsync("/v1/transactions?limit=200")).Single(transaction => transaction.GetProperty("effectId").GetString() == effect);

    /// <summary>All mined transactions of an account, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> MinedAsync(string from)
    {
        var head = await NumberAsync("eth_blockNumber");
        var found = new List<JsonElement>();
        for (var number = BigInteger.Zero; number <= head; number++)
        {
            var block = await Node.CallAsync("eth_getBlockByNumber", $"0x{number:x}", true);
            found.AddRange(block.GetProperty("transactions").EnumerateArray().Where(transaction => string.Equals(transaction.GetProperty("from").GetString(), from, StringComparison.OrdinalIgnoreCase)));
        }

        return found;
    }

    public async Task<BigInteger> NumberAsync(string method, params object?[] parameters) => Quantity((await Node.CallAsync(method, parameters)).GetString()!);

    public static BigInteger Quantity(string hex) => BigInteger.Parse($"0{hex[2..]}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Deploys the contract of the EVM contract tests from an account that the node signs for.</summary>
    public async Task<string> DeployAsync()
    {
        var path = RepositoryRoot.Combine("tests", "Qrossing.ContractTests", "Blockchain", "Evm", "Contracts", "DocumentRegistry.json");
        var contract = JsonElement.Parse(await File.ReadAllBytesAsync(path));
        var hash = await Node.CallAsync("eth_sendTransaction", new { from = AnvilCounterpart.Accounts[2].Address, data = contract.GetProperty("bytecode").GetString(), gas = "0x200000" });
        await Node.MineAsync();
        var receipt = default(JsonElement);
        await Client.UntilAsync(async () => (receipt = await Node.CallAsync("eth_getTransactionReceipt", hash.GetString())).ValueKind != JsonValueKind.Null, () => "The contract is not deployed.");
        return receipt.GetProperty("contractAddress").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await Line.DisposeAsync();
        await Node.DisposeAsync();
    }
}
