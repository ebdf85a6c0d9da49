using System.Text.Json;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Blockchain.Evm;

/// <summary>Calls of a real contract, <c>Contracts/DocumentRegistry.sol</c>.</summary>
[Trait("Kind", "contract")]
[Trait("Needs", "anvil")]
public sealed class EvmContractTests
{
    private const string Register = "register(bytes32,string,bytes32[])";
    private const string Find = "find(bytes32) returns ((address,uint64,string,bytes32[]))";
    private const string PagesOf = "pagesOf(int256,int256) returns (int256)";
    private const string Id = "0x00000000000000000000000000000000000000000000000000000000000000aa";
    private const string Part = "0x1111111111111111111111111111111111111111111111111111111111111111";

    private static readonly string Registration = $"""["{Id}","Grundbuch №7",["{Part}","{Id}"]]""";

    [Fact]
    public async Task What_a_transaction_registers_a_call_reads()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var contract = await chain.DeployAsync();

        var (_, query) = await chain.SendAsync(EvmFixture.Calling(contract, Register, Registration));
        var found = await ReadAsync(chain, contract, Find, $"""["{Id}"]""");
        var count = await ReadAsync(chain, contract, "count() returns (uint256)", "[]");
        var pages = await ReadAsync(chain, contract, PagesOf, """["-1000", 300]""");

        Assert.Equal(TransactionState.Mined, (await chain.FindAsync(query)).State);
        Assert.Equal(
            $$"""[["{{EvmFixture.Alice.Address}}","1","Grundbuch №7",["{{Part}}","{{Id}}"]]]""",
            found.Value?.Values?.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("""["1"]""", count.Value?.Values?.ToJsonString());
        Assert.Equal("""["-3"]""", pages.Value?.Values?.ToJsonString());
    }

    [Fact]
    public async Task Call_without_returns_answers_the_bare_data()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var contract = await chain.DeployAsync();

        var reply = await ReadAsync(chain, contract, "count()", "[]");

        Assert.Null(reply.Value?.Values);
        Assert.Equal("0x" + new string('0', 64), reply.Value?.Data);
    }

    [Fact]
    public async Task Answers_that_are_not_of_the_signature_are_named()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var contract = await chain.DeployAsync();

        var nobody = await ReadAsync(chain, EvmFixture.Bob.Address, "count() returns (uint256)", "[]");
        var other = await ReadAsync(chain, contract, "count() returns (uint256,uint256)", "[]");

        Assert.All([nobody.Fault, other.Fault], fault => Assert.Equal((FaultKind.Invalid, "chains.call_invalid"), (fault?.Kind, fault?.Code)));
    }

    [Theory]
    [InlineData(Register, """["0x00000000000000000000000000000000000000000000000000000000000000aa","",[]]""", "Error: title is empty")]
    [InlineData(PagesOf, """["1","0"]""", "Panic: 0x12")]
    [InlineData("requireAny()", "[]", "execution reverted")]
    public async Task Revert_is_refused_with_its_reason_before_anything_is_sent(string function, string arguments, string reason)
    {
        await using var chain = await EvmFixture.StartedAsync();
        var contract = await chain.DeployAsync();

        var prepared = await chain.PrepareAsync(EvmFixture.Calling(contract, function.Split(' ')[0], arguments));
        var read = await ReadAsync(chain, contract, function, arguments);

        Assert.All([prepared.Fault, read.Fault], fault =>
        {
            Assert.Equal((FaultKind.Rejected, "chains.reverted", "3"), (fault?.Kind, fault?.Code, fault?.PeerCode));
            Assert.StartsWith(reason, fault?.PeerText, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Custom_error_is_kept_as_its_bytes()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var contract = await chain.DeployAsync();
        await chain.SendAsync(EvmFixture.Calling(contract, Register, Registration));

        var prepared = await chain.PrepareAsync(EvmFixture.Calling(contract, Register, Registration));

        Assert.Equal((FaultKind.Rejected, "chains.reverted"), (prepared.Fault?.Kind, prepared.Fault?.Code));
        Assert.StartsWith("Data: 0x", prepared.Fault?.PeerText, StringComparison.Ordinal);
        Assert.EndsWith($"{Id[2..]}{new string('0', 24)}{EvmFixture.Alice.Address[2..].ToLowerInvariant()}", prepared.Fault?.PeerText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulation_stands_on_what_waits_in_the_pool()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        var contract = await chain.DeployAsync();
        await chain.SendAsync(EvmFixture.Calling(contract, Register, Registration));

        var prepared = await chain.PrepareAsync(EvmFixture.Calling(contract, "requireAny()", "[]"));

        Assert.True(prepared.IsSuccess, prepared.Fault?.ToString());
    }

    [Fact]
    public async Task Transaction_that_reverts_in_its_block_is_reverted_and_becomes_final()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        var contract = await chain.DeployAsync();
        var registration = EvmFixture.Calling(contract, Register, Registration);
        var first = await chain.SignAsync(registration);
        var second = await chain.SignAsync(registration with { From = EvmFixture.Bob.Address });

        await chain.SubmitAsync(first.Transaction);
        await chain.Node.MineAsync();
        await chain.SubmitAsync(second.Transaction);
        await chain.Node.MineAsync();
        var reverted = await chain.FindAsync(second.Query);
        await chain.Node.MineAsync(EvmFixture.Confirmations - 1);

        Assert.Equal((TransactionState.Reverted, 1, false), (reverted.State, reverted.Confirmations, reverted.Final));
        Assert.Equal(reverted with { Confirmations = EvmFixture.Confirmations, Final = true }, await chain.FindAsync(second.Query));
    }

    private static ValueTask<ConnectorResult<ContractReply>> ReadAsync(EvmFixture chain, string contract, string function, string arguments) =>
        chain.Connector.CallContractAsync(EvmFixture.Call(contract, function, arguments), chain.Calls.Create(), TestContext.Current.CancellationToken);
}
