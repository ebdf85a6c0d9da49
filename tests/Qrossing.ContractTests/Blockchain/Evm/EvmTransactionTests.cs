using System.Globalization;
using System.Numerics;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Blockchain.Evm;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Network;

namespace Qrossing.ContractTests.Blockchain.Evm;

/// <summary>The life of transactions on a real chain.</summary>
[Trait("Kind", "contract")]
[Trait("Needs", "anvil")]
public sealed class EvmTransactionTests
{
    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);

    [Fact]
    public async Task Transfer_is_pending_then_mined_then_final()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        var before = await chain.BalanceAsync(EvmFixture.Alice.Address);

        var (_, query) = await chain.SendAsync(EvmFixture.Transfer(Ether));
        var pending = await chain.FindAsync(query);
        await chain.Node.MineAsync();
        var mined = await chain.FindAsync(query);
        await chain.Node.MineAsync(EvmFixture.Confirmations - 1);
        var final = await chain.FindAsync(query);

        Assert.Equal(new TransactionStatus { Hash = query.Hash, State = TransactionState.Pending }, pending);
        Assert.Equal((TransactionState.Mined, 1, false, 1), (mined.State, mined.Confirmations, mined.Final, mined.Block));
        Assert.Equal(mined with { Confirmations = EvmFixture.Confirmations, Final = true }, final);
        Assert.Equal("21000", final.GasUsed);
        var fee = BigInteger.Parse(final.Fee!, CultureInfo.InvariantCulture);
        Assert.Equal(before - Ether - fee, await chain.BalanceAsync(EvmFixture.Alice.Address));
    }

    [Fact]
    public async Task Plan_names_the_pending_nonce_and_a_cost_that_the_fee_never_exceeds()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        await chain.SendAsync(EvmFixture.Transfer(1));

        var plan = (await chain.PrepareAsync(EvmFixture.Transfer(Ether))).Value!;
        var (transaction, query) = EvmFixture.Sign(chain.Connector, plan, plan.PeerNonce, EvmFixture.Alice.Address);
        Assert.True((await chain.SubmitAsync(transaction)).IsSuccess);
        await chain.Node.MineAsync();
        var fee = BigInteger.Parse((await chain.FindAsync(query)).Fee!, CultureInfo.InvariantCulture);

        Assert.Equal(("eip155:31337", 1), (plan.Chain, plan.PeerNonce));
        Assert.InRange(BigInteger.Parse(plan.MaxCost, CultureInfo.InvariantCulture), Ether + fee, 2 * Ether);
    }

    [Fact]
    public async Task Same_bytes_sent_again_while_they_wait_are_taken()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        var (transaction, query) = await chain.SendAsync(EvmFixture.Transfer(1));

        var again = await chain.SubmitAsync(transaction);

        Assert.Equal(new TransactionStatus { Hash = query.Hash, State = TransactionState.Pending }, again.Value);
    }

    [Fact]
    public async Task Same_bytes_sent_again_after_they_were_mined_are_unknown_and_then_found()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (transaction, query) = await chain.SendAsync(EvmFixture.Transfer(1));

        var again = await chain.SubmitAsync(transaction);

        Assert.Equal((FaultKind.Indeterminate, "chains.nonce_too_low"), (again.Fault?.Kind, again.Fault?.Code));
        Assert.Equal(TransactionState.Mined, (await chain.FindAsync(query)).State);
    }

    [Fact]
    public async Task Second_transaction_with_a_waiting_nonce_is_unknown_and_superseded_once_the_first_is_final()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        var (_, first) = await chain.SendAsync(EvmFixture.Transfer(1));
        var (rival, query) = await chain.SignAsync(EvmFixture.Transfer(2), nonce: first.Nonce);

        var sent = await chain.SubmitAsync(rival);
        var before = await chain.LookUpAsync(query);
        await chain.Node.MineAsync();
        var mined = await chain.LookUpAsync(query);
        await chain.Node.MineAsync(EvmFixture.Confirmations - 1);
        var almost = await chain.LookUpAsync(query);
        await chain.Node.MineAsync();

        Assert.Equal((FaultKind.Indeterminate, "chains.replacement_underpriced"), (sent.Fault?.Kind, sent.Fault?.Code));
        Assert.IsType<Lookup<TransactionStatus>.DefinitelyAbsent>(before);
        Assert.IsType<Lookup<TransactionStatus>.CannotTell>(mined); // a reorganisation can still put the second in its place
        Assert.IsType<Lookup<TransactionStatus>.CannotTell>(almost);
        Assert.IsType<Lookup<TransactionStatus>.Superseded>(await chain.LookUpAsync(query));
        Assert.Equal(TransactionState.Mined, (await chain.FindAsync(first)).State);
    }

    [Fact]
    public async Task Lagging_receipt_is_asked_for_again_before_a_transaction_counts_as_superseded()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (_, query) = await chain.SendAsync(EvmFixture.Transfer(1));
        chain.Front.AnswerNext("eth_getTransactionReceipt", "null");
        chain.Front.AnswerNext("eth_getTransactionByHash", "null");

        Assert.Equal(TransactionState.Mined, (await chain.FindAsync(query)).State);
    }

    [Fact]
    public async Task Connection_to_another_chain_cannot_find_a_transaction_and_does_not_call_it_absent()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (_, query) = await chain.SignAsync(EvmFixture.Transfer(1));

        var lookup = await chain.Connector.LookUpTransactionAsync(query with { Chain = "eip155:1" }, chain.Calls.Create(), TestContext.Current.CancellationToken);

        Assert.Equal((FaultKind.Unavailable, "chains.wrong_chain"), (lookup.Fault?.Kind, lookup.Fault?.Code));
    }

    [Fact]
    public async Task Evicted_transaction_is_absent_and_can_be_sent_again()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        var (transaction, query) = await chain.SendAsync(EvmFixture.Transfer(1));

        await chain.Node.CallAsync("anvil_dropTransaction", query.Hash);
        var evicted = await chain.LookUpAsync(query);
        await chain.SubmitAsync(transaction);

        Assert.IsType<Lookup<TransactionStatus>.DefinitelyAbsent>(evicted);
        Assert.Equal(TransactionState.Pending, (await chain.FindAsync(query)).State);
    }

    [Fact]
    public async Task Blocks_taken_back_take_their_confirmations_with_them()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        var (_, query) = await chain.SendAsync(EvmFixture.Transfer(1));
        await chain.Node.MineAsync(5);
        var final = await chain.FindAsync(query);

        await chain.Node.CallAsync("anvil_rollback", 3);
        var fallen = await chain.FindAsync(query);
        await chain.Node.CallAsync("anvil_reorg", 2, Array.Empty<object>());

        Assert.Equal((5, true), (final.Confirmations, final.Final));
        Assert.Equal((2, false), (fallen.Confirmations, fallen.Final));
        Assert.IsNotType<Lookup<TransactionStatus>.Superseded>(await chain.LookUpAsync(query));
        Assert.False(await chain.LookUpAsync(query) is Lookup<TransactionStatus>.Found { Result.State: not TransactionState.Pending });
    }

    [Fact]
    public async Task Receipt_of_a_block_that_is_not_on_the_chain_proves_nothing()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (_, query) = await chain.SendAsync(EvmFixture.Transfer(1));
        var other = await chain.Node.CallAsync("eth_getBlockByNumber", "0x0", false);
        chain.Front.AnswerNext("eth_getBlockByNumber", other.GetRawText());

        Assert.IsType<Lookup<TransactionStatus>.CannotTell>(await chain.LookUpAsync(query));
    }

    [Fact]
    public async Task Applied_transaction_whose_reply_was_lost_is_unknown_and_then_found()
    {
        await using var chain = await EvmFixture.StartedAsync();
        await using var proxy = TcpFaultProxy.Start(chain.Node.Url);
        var connector = new EvmConnector(chain.Options() with { Endpoint = proxy.Through(chain.Node.Url) });
        var (transaction, query) = await chain.SignAsync(EvmFixture.Transfer(1));

        // The first request, for the chain id, is shorter than this; with the second it is exceeded.
        proxy.Fault = new TcpFault.DropReply(AfterRequestBytes: 400);
        var sent = await connector.SubmitAsync(transaction, chain.Calls.Create(), TestContext.Current.CancellationToken);
        proxy.Fault = new TcpFault.None();
        await chain.MinedAsync(query.Hash);

        Assert.Equal(FaultKind.Indeterminate, sent.Fault?.Kind);
        Assert.Equal(TransactionState.Mined, (await chain.FindAsync(query)).State);
    }

    [Fact]
    public async Task Funds_that_are_missing_are_worth_waiting_for()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        var balance = await chain.BalanceAsync(EvmFixture.Alice.Address);
        var (transaction, query) = await chain.SignAsync(EvmFixture.Transfer(Ether));

        var value = await chain.PrepareAsync(EvmFixture.Transfer(balance + 1));
        var gas = await chain.PrepareAsync(EvmFixture.Transfer(balance - 30_000));
        await chain.Node.CallAsync("anvil_setBalance", EvmFixture.Alice.Address, "0x1");
        var sent = await chain.SubmitAsync(transaction);

        Assert.All([value.Fault, gas.Fault, sent.Fault], fault => Assert.Equal(
            (FaultKind.RateLimited, "chains.insufficient_funds", TimeSpan.FromSeconds(15)), (fault?.Kind, fault?.Code, fault?.RetryAfter)));
        Assert.IsType<Lookup<TransactionStatus>.DefinitelyAbsent>(await chain.LookUpAsync(query));
    }

    [Fact]
    public async Task Fees_stay_within_the_cap_and_wait_while_the_chain_asks_for_more()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var head = (await chain.Connector.GetHeadAsync(chain.Calls.Create(), TestContext.Current.CancellationToken)).Value!;
        var baseFee = BigInteger.Parse(head.BaseFee!, CultureInfo.InvariantCulture);

        var within = await PlanAsync(baseFee + 5);
        var above = await PlanAsync(baseFee / 2);

        Assert.Equal(((baseFee + 5) * 21_000 + 1).ToString(CultureInfo.InvariantCulture), within.Value?.MaxCost);
        Assert.Equal((FaultKind.RateLimited, "chains.fee_above_cap"), (above.Fault?.Kind, above.Fault?.Code));

        ValueTask<ConnectorResult<TransactionPlan>> PlanAsync(BigInteger cap)
        {
            var connector = new EvmConnector(chain.Options() with { MaxFeePerGasCap = cap.ToString(CultureInfo.InvariantCulture) });
            return connector.PrepareAsync(EvmFixture.Transfer(1), chain.Calls.Create(), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Chain_without_base_fee_gets_a_legacy_transaction()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var block = System.Text.Json.Nodes.JsonNode.Parse((await chain.Node.CallAsync("eth_getBlockByNumber", "latest", false)).GetRawText())!.AsObject();
        block.Remove("baseFeePerGas");
        chain.Front.AnswerNext("eth_getBlockByNumber", block.ToJsonString());

        var (transaction, query) = await chain.SendAsync(EvmFixture.Transfer(1));

        Assert.True(transaction.Raw.Span[0] >= 0xC0, "A legacy transaction begins with an RLP list.");
        Assert.Equal(TransactionState.Mined, (await chain.FindAsync(query)).State);
    }

    [Fact]
    public async Task Signature_of_another_account_makes_no_transaction()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var plan = (await chain.PrepareAsync(EvmFixture.Transfer(1))).Value!;
        var unsigned = chain.Connector.Encode(plan, 0);
        var (stranger, strangersId) = EvmFixture.SignatureOf(EvmFixture.Bob, unsigned);
        var (own, ownId) = EvmFixture.SignatureOf(EvmFixture.Alice, unsigned);

        Assert.Throws<ArgumentException>(() => chain.Connector.Assemble(unsigned, stranger, strangersId));
        Assert.Throws<ArgumentException>(() => chain.Connector.Assemble(unsigned, own, 1 - ownId));
        Assert.Throws<ArgumentException>(() => chain.Connector.Assemble(unsigned, new byte[64], 0));
        Assert.Throws<ArgumentException>(() => chain.Connector.Encode(plan with { Chain = "eip155:1" }, 0));
        Assert.Equal(EvmFixture.Sign(chain.Connector, plan, 0, EvmFixture.Alice.Address).Query.Hash, chain.Connector.Assemble(unsigned, own, ownId).Hash);
    }

    [Fact]
    public async Task Bytes_that_are_no_transaction_of_this_chain_are_not_sent()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (transaction, _) = await chain.SignAsync(EvmFixture.Transfer(1));
        var other = new EvmConnector(chain.Options() with { ChainId = 1 });

        var torn = await chain.SubmitAsync(transaction with { Raw = transaction.Raw[..^1] });
        var renamed = await chain.SubmitAsync(transaction with { Hash = "0x" + new string('0', 64) });
        var foreign = await other.SubmitAsync(transaction, chain.Calls.Create(), TestContext.Current.CancellationToken);

        Assert.All([torn.Fault, renamed.Fault, foreign.Fault], fault => Assert.Equal((FaultKind.Rejected, "chains.refused"), (fault?.Kind, fault?.Code)));
        Assert.Equal(0, chain.Front.CountOf(EvmFixture.SendMethod));
    }

    [Fact]
    public async Task Endpoint_on_another_chain_is_refused_everywhere_and_nothing_is_sent()
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (transaction, query) = await chain.SignAsync(EvmFixture.Transfer(1));
        var token = TestContext.Current.CancellationToken;
        var before = chain.Front.Received.Count;
        string[] otherChain = ["\"0x1\"", "\"0x7a6a\"", "\"0x1\"", "\"0x1\"", "\"0x1\"", "\"0x1\"", "\"0x1\""];
        Array.ForEach(otherChain, id => chain.Front.AnswerNext("eth_chainId", id));

        Fault?[] faults =
        [
            (await chain.Connector.SubmitAsync(transaction, chain.Calls.Create(), token)).Fault,
            (await chain.Connector.PrepareAsync(EvmFixture.Transfer(1), chain.Calls.Create(), token)).Fault,
            (await chain.Connector.LookUpTransactionAsync(query, chain.Calls.Create(), token)).Fault,
            (await chain.Connector.GetHeadAsync(chain.Calls.Create(), token)).Fault,
            (await chain.Connector.GetBalanceAsync(EvmFixture.Bob.Address, chain.Calls.Create(), token)).Fault,
            (await chain.Connector.CallContractAsync(EvmFixture.Call(EvmFixture.Bob.Address, "f()", "[]"), chain.Calls.Create(), token)).Fault,
            (await chain.Connector.ProbeAsync(chain.Calls.Create(), token)).Fault,
        ];

        Assert.All(faults, fault => Assert.Equal((FaultKind.Unavailable, "chains.wrong_chain"), (fault?.Kind, fault?.Code)));
        Assert.All(chain.Front.Received.Skip(before), request => Assert.Equal("eth_chainId", request.Method));
    }
}
