using System.ComponentModel.DataAnnotations;
using System.Numerics;
using System.Text.Json;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Blockchain.Evm;
using Qrossing.TestKit.Calls;
using Qrossing.TestKit.Processes;

namespace Qrossing.ContractTests.Blockchain.Evm;

/// <summary>What is refused before anybody is asked: no endpoint listens in these tests.</summary>
[Trait("Kind", "contract")]
public sealed class EvmArgumentTests : IDisposable
{
    private const string Token = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
    private static readonly EvmOptions Options = new() { ChainId = 1, Endpoint = new Uri("http://127.0.0.1:9/") };

    private readonly TemporaryFolder _folder = new("evm");
    private readonly DirectCall _calls;
    private readonly EvmConnector _connector = new(Options);

    public EvmArgumentTests() => _calls = new DirectCall(_folder.Path);

    public void Dispose()
    {
        _calls.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("transfer", "[]")]
    [InlineData("transfer(address to)", "[]")]
    [InlineData("transfer(address) view returns (bool)", "[]")]
    [InlineData("f() returns uint256", "[]")]
    [InlineData("f(uint8)", "[]")]
    [InlineData("f(uint8)", "{}")]
    [InlineData("f(uint8)", """["256"]""")]
    [InlineData("f(uint8)", """["-1"]""")]
    [InlineData("f(uint8)", """["0x1"]""")]
    [InlineData("f(uint8)", """["+1"]""")]
    [InlineData("f(uint8)", """[" 1"]""")]
    [InlineData("f(uint8)", """[""]""")]
    [InlineData("f(uint8)", "[1.0]")]
    [InlineData("f(uint8)", "[1e1]")]
    [InlineData("f(uint256)", """["999999999999999999999999999999999999999999999999999999999999999999999999999999999999"]""")]
    [InlineData("f(bool)", """["true"]""")]
    [InlineData("f(address)", """["0x5fbDB2315678afecb367f032d93F642f64180aa3"]""")]
    [InlineData("f(address)", """["5FbDB2315678afecb367f032d93F642f64180aa3"]""")]
    [InlineData("f(bytes4)", """["0x112233"]""")]
    [InlineData("f(bytes)", """["0x123"]""")]
    [InlineData("f(string)", "[7]")]
    [InlineData("f(uint8[2])", """[["1"]]""")]
    [InlineData("f((uint8,bool)[])", """[[["1",true],["2"]]]""")]
    public async Task Call_that_does_not_fit_is_invalid(string function, string arguments)
    {
        var call = EvmFixture.Call(Token, function, arguments);
        var transaction = new PrepareTransaction { From = EvmFixture.Alice.Address, To = Token, Value = 0, Call = call };

        var prepared = await _connector.PrepareAsync(transaction, _calls.CreateUnreachable(), TestContext.Current.CancellationToken);
        var read = await _connector.CallContractAsync(call, _calls.CreateUnreachable(), TestContext.Current.CancellationToken);

        Assert.All([prepared.Fault, read.Fault], fault => Assert.Equal((FaultKind.Invalid, "chains.call_invalid"), (fault?.Kind, fault?.Code)));
    }

    [Fact]
    public async Task Mistake_deep_in_the_arguments_is_named_with_its_place()
    {
        var call = EvmFixture.Call(Token, "f(bool,(uint8,bytes2)[])", """[true,[["1","0x1122"],["2","0x11"]]]""");

        var read = await _connector.CallContractAsync(call, _calls.CreateUnreachable(), TestContext.Current.CancellationToken);

        Assert.Equal("arguments[1][1][1]: 0x and 4 hex digits is due.", read.Fault?.PeerText);
    }

    [Fact]
    public async Task Transactions_that_contradict_themselves_are_invalid()
    {
        var call = new ContractCall { To = Token, Function = "f()", Arguments = JsonElement.Parse("[]") };
        var transfer = EvmFixture.Transfer(1);

        Assert.Equal("chains.call_invalid", await CodeAsync(transfer with { Value = -1 }));
        Assert.Equal("chains.call_invalid", await CodeAsync(transfer with { Value = BigInteger.One << 256 }));
        Assert.Equal("chains.call_invalid", await CodeAsync(transfer with { Call = call }));
        Assert.Equal("chains.call_invalid", await CodeAsync(transfer with { To = Token, Call = call, Data = "0x" }));
        Assert.Equal("chains.call_invalid", await CodeAsync(transfer with { Data = "0x1" }));
        Assert.Equal("chains.address_invalid", await CodeAsync(transfer with { To = "0x70997970c51812dc3A010C7d01b50e0d17dc79C8" }));
        Assert.Equal("chains.address_invalid", await CodeAsync(transfer with { From = "alice.eth" }));
        Assert.Equal("chains.address_invalid", await CodeAsync(transfer with { To = Token, Call = call with { To = "" } }));
    }

    [Fact]
    public async Task Queries_that_name_nothing_are_invalid()
    {
        var query = new TransactionQuery { Chain = _connector.Chain, Hash = "0x" + new string('a', 64), From = EvmFixture.Alice.Address, Nonce = 0 };

        Assert.Equal("chains.call_invalid", await LookUpCodeAsync(query with { Hash = "0xaa" }));
        Assert.Equal("chains.call_invalid", await LookUpCodeAsync(query with { Nonce = -1 }));
        Assert.Equal("chains.address_invalid", await LookUpCodeAsync(query with { From = "" }));
        Assert.Equal("chains.address_invalid", (await _connector.GetBalanceAsync("0x1", _calls.CreateUnreachable(), TestContext.Current.CancellationToken)).Fault?.Code);
        Assert.Equal("peer.unreachable", await LookUpCodeAsync(query));
    }

    [Fact]
    public void Options_are_checked_as_a_whole()
    {
        Assert.Empty(Problems(Options));
        Assert.Empty(Problems(Options with { Confirmations = 10_000, PriorityFee = "0", MaxFeePerGasCap = "1", Headers = new Dictionary<string, SecretRef> { ["X-Key"] = new("env:K") } }));
        Assert.Single(Problems(Options with { ChainId = 0 }));
        Assert.Single(Problems(Options with { Confirmations = 0 }));
        Assert.Single(Problems(Options with { Confirmations = 10_001 }));
        Assert.Single(Problems(Options with { MaxFeePerGasCap = "1.5" }));
        Assert.Single(Problems(Options with { PriorityFee = "01" }));
        Assert.Single(Problems(Options with { PriorityFee = "2", MaxFeePerGasCap = "1" }));
        Assert.Single(Problems(Options with { Endpoint = new Uri("ws://127.0.0.1/") }));
        Assert.Single(Problems(Options with { Endpoint = new Uri("http://user:secret@127.0.0.1/") }));
        Assert.Single(Problems(Options with { Headers = new Dictionary<string, SecretRef> { ["Content-Type"] = new("env:K") } }));
        Assert.Single(Problems(Options with { Bearer = new("env:B"), Headers = new Dictionary<string, SecretRef> { ["authorization"] = new("env:K") } }));
        Assert.Equal("eip155:1", _connector.Chain);
    }

    private static List<ValidationResult> Problems(EvmOptions options)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return problems;
    }

    private async Task<string?> CodeAsync(PrepareTransaction transaction) =>
        (await _connector.PrepareAsync(transaction, _calls.CreateUnreachable(), TestContext.Current.CancellationToken)).Fault?.Code;

    private async Task<string?> LookUpCodeAsync(TransactionQuery query) =>
        (await _connector.LookUpTransactionAsync(query, _calls.CreateUnreachable(), TestContext.Current.CancellationToken)).Fault?.Code;
}
