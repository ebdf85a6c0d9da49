using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Blockchain.Evm;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Signatures;
using Qrossing.TestKit.Compliance;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Network;
using Qrossing.TestKit.Processes;

namespace Qrossing.ContractTests.Blockchain.Evm;

/// <summary>blockchain.evm against a real anvil of its own, behind a front that can misbehave.</summary>
[ConnectorFixture("blockchain.evm")]
internal sealed class EvmFixture : ConnectorFixture, ITroublesPeer
{
    public const string SendMethod = "eth_sendRawTransaction";
    public const int Confirmations = 3;

    private AnvilCounterpart? _node;
    private JsonRpcFront? _front;
    private EvmConnector? _connector;

    public static AnvilAccount Alice => AnvilCounterpart.Accounts[0];

    public static AnvilAccount Bob => AnvilCounterpart.Accounts[1];

    public AnvilCounterpart Node => _node ?? throw new InvalidOperationException("Not started.");

    public JsonRpcFront Front => _front ?? throw new InvalidOperationException("Not started.");

    public EvmConnector Connector => _connector ??= new EvmConnector(Options());

    public static async Task<EvmFixture> StartedAsync(AnvilMining mining = AnvilMining.PerTransaction)
    {
        var fixture = new EvmFixture();
        await fixture.StartAsync(mining);
        return fixture;
    }

    public override Task StartAsync(CancellationToken cancellationToken) => StartAsync(AnvilMining.PerTransaction);

    public override object CreateConnector(Type capability) => Connector;

    public EvmOptions Options() => new() { ChainId = Node.Options.ChainId, Endpoint = Front.Url, Confirmations = Confirmations };

    public Task TroubleNextWriteAsync(PeerTrouble trouble)
    {
        Front.FailNext(SendMethod, trouble switch
        {
            PeerTrouble.AppliesThenCloses => FrontFault.AppliesThenCloses,
            PeerTrouble.Closes => FrontFault.Closes,
            PeerTrouble.AppliesThenGarbage => FrontFault.AppliesThenHtml,
            PeerTrouble.ServerError => FrontFault.Unavailable,
            PeerTrouble.RateLimits => FrontFault.RateLimits,
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        });
        return Task.CompletedTask;
    }

    public static PrepareTransaction Transfer(BigInteger value) => new() { From = Alice.Address, To = Bob.Address, Value = value };

    public static PrepareTransaction Calling(string contract, string function, string arguments) => new()
    {
        From = Alice.Address,
        To = contract,
        Value = 0,
        Call = Call(contract, function, arguments),
    };

    public static ContractCall Call(string contract, string function, string arguments) =>
        new() { To = contract, Function = function, Arguments = JsonElement.Parse(arguments) };

    public ValueTask<ConnectorResult<TransactionPlan>> PrepareAsync(PrepareTransaction request) =>
        Connector.PrepareAsync(request, Calls.Create(), TestContext.Current.CancellationToken);

    /// <summary>Prepares, reserves the nonce the peer named (or the given one), and signs as the gateway does.</summary>
    public async Task<(SignedTransaction Transaction, TransactionQuery Query)> SignAsync(PrepareTransaction request, long? nonce = null)
    {
        var plan = await PrepareAsync(request);
        Assert.True(plan.IsSuccess, plan.Fault?.ToString());
        return Sign(Connector, plan.Value, nonce ?? plan.Value.PeerNonce, request.From);
    }

    public static (SignedTransaction Transaction, TransactionQuery Query) Sign(EvmConnector connector, TransactionPlan plan, long nonce, string from)
    {
        var account = AnvilCounterpart.Accounts.Single(account => account.Address == from);
        var unsigned = connector.Encode(plan, nonce);
        var (signature, recoveryId) = SignatureOf(account, unsigned);
        var signed = connector.Assemble(unsigned, signature, recoveryId);
        return (signed, new TransactionQuery { Chain = connector.Chain, Hash = signed.Hash, From = from, Nonce = nonce });
    }

    public static (byte[] Signature, int RecoveryId) SignatureOf(AnvilAccount account, UnsignedTransaction unsigned)
    {
        Assert.True(Hex.TryDecode(account.PrivateKey, out var key));
        var signature = new byte[64];
        Assert.True(Secp256k1.TrySign(unsigned.Digest.Span, key, signature, out var recoveryId));
        return (signature, recoveryId);
    }

    public ValueTask<ConnectorResult<TransactionStatus>> SubmitAsync(SignedTransaction transaction) =>
        Connector.SubmitAsync(transaction, Calls.Create(), TestContext.Current.CancellationToken);

    /// <summary>Sends; where the node mines by itself, until it has.</summary>
    public async Task<(SignedTransaction Transaction, TransactionQuery Query)> SendAsync(PrepareTransaction request)
    {
        var signed = await SignAsync(request);
        var sent = await SubmitAsync(signed.Transaction);
        Assert.Equal(new TransactionStatus { Hash = signed.Query.Hash, State = TransactionState.Pending }, sent.Value);
        if (Node.Options.Mining == AnvilMining.PerTransaction)
        {
            await MinedAsync(signed.Query.Hash);
        }

        return signed;
    }

    /// <summary>The receipt, as soon as there is one: a node that mines each transaction at once answers its sender before it has.</summary>
    public async Task<JsonElement> MinedAsync(string hash)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (true)
        {
            var receipt = await Node.CallAsync("eth_getTransactionReceipt", hash);
            if (receipt.ValueKind != JsonValueKind.Null)
            {
                return receipt;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    public async Task<Lookup<TransactionStatus>> LookUpAsync(TransactionQuery query)
    {
        var lookup = await Connector.LookUpTransactionAsync(query, Calls.Create(), TestContext.Current.CancellationToken);
        Assert.True(lookup.IsSuccess, lookup.Fault?.ToString());
        return lookup.Value;
    }

    /// <summary>Looks up what must be there.</summary>
    public async Task<TransactionStatus> FindAsync(TransactionQuery query) =>
        Assert.IsType<Lookup<TransactionStatus>.Found>(await LookUpAsync(query)).Result;

    /// <summary>Deploys <c>Contracts/DocumentRegistry.sol</c> from an account that the node signs for. The connector itself deploys nothing.</summary>
    public async Task<string> DeployAsync()
    {
        var path = RepositoryRoot.Combine("tests", "Qrossing.ContractTests", "Blockchain", "Evm", "Contracts", "DocumentRegistry.json");
        var contract = JsonElement.Parse(await File.ReadAllBytesAsync(path));
        var deployer = AnvilCounterpart.Accounts[2].Address;
        var hash = await Node.CallAsync("eth_sendTransaction", new { from = deployer, data = contract.GetProperty("bytecode").GetString(), gas = "0x200000" });
        await Node.MineAsync();
        return (await MinedAsync(hash.GetString()!)).GetProperty("contractAddress").GetString()!;
    }

    public async Task<BigInteger> BalanceAsync(string address)
    {
        var balance = (await Node.CallAsync("eth_getBalance", address, "latest")).GetString()!;
        return BigInteger.Parse($"0{balance[2..]}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_front is not null)
        {
            await _front.DisposeAsync();
        }

        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private async Task StartAsync(AnvilMining mining)
    {
        _node = await AnvilCounterpart.StartAsync(new AnvilOptions { Mining = mining });
        _front = await JsonRpcFront.StartAsync(_node.Url);
    }
}
