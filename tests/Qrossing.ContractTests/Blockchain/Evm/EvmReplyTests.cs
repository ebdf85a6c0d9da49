using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Blockchain.Evm;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Network;

namespace Qrossing.ContractTests.Blockchain.Evm;

/// <summary>Replies that are broken, hostile or of other nodes than anvil, by a front before a real node.</summary>
[Trait("Kind", "contract")]
[Trait("Needs", "anvil")]
public sealed class EvmReplyTests
{
    [Theory]
    [InlineData(FrontFault.AppliesThenCloses, true)]
    [InlineData(FrontFault.AppliesThenHtml, true)]
    [InlineData(FrontFault.WrongId, true)]
    [InlineData(FrontFault.Truncated, true)]
    [InlineData(FrontFault.NeverAnswers, true)]
    [InlineData(FrontFault.Closes, false)]
    [InlineData(FrontFault.Html, false)]
    [InlineData(FrontFault.BadGateway, false)]
    [InlineData(FrontFault.NotFound, false)]
    [InlineData(FrontFault.Unavailable, false)]
    [InlineData(FrontFault.NoResult, false)]
    [InlineData(FrontFault.OtherShape, false)]
    [InlineData(FrontFault.ResultAndError, false)]
    public async Task Sent_transaction_without_a_readable_reply_is_unknown_and_the_lookup_decides(object fault, bool applies)
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (transaction, query) = await chain.SignAsync(EvmFixture.Transfer(1));
        chain.Front.FailNext(EvmFixture.SendMethod, (FrontFault)fault);

        var sent = await SubmitImpatientlyAsync(chain, transaction, (FrontFault)fault);

        Assert.Equal(FaultKind.Indeterminate, sent.Fault?.Kind);
        Assert.Equal(1, chain.Front.CountOf(EvmFixture.SendMethod));
        if (applies)
        {
            await chain.MinedAsync(query.Hash);
        }

        Assert.IsType(applies ? typeof(Lookup<TransactionStatus>.Found) : typeof(Lookup<TransactionStatus>.DefinitelyAbsent), await chain.LookUpAsync(query));
    }

    [Fact]
    public async Task Read_without_a_readable_reply_did_nothing()
    {
        await using var chain = await EvmFixture.StartedAsync();
        foreach (var fault in Enum.GetValues<FrontFault>().Except([FrontFault.NeverAnswers, FrontFault.RateLimits, FrontFault.Unauthorized, FrontFault.ResultAndError]))
        {
            chain.Front.FailNext("eth_getBalance", fault);
            var balance = await chain.Connector.GetBalanceAsync(EvmFixture.Bob.Address, chain.Calls.Create(), TestContext.Current.CancellationToken);
            Assert.Equal(FaultKind.Unavailable, balance.Fault?.Kind);
            if (fault is FrontFault.Html or FrontFault.NoResult or FrontFault.OtherShape)
            {
                Assert.Equal("chains.unreadable_reply", balance.Fault?.Code);
            }
        }
    }

    [Theory]
    [InlineData("eth_chainId")]
    [InlineData(EvmFixture.SendMethod)]
    public async Task Rate_limit_did_not_happen_and_says_when_to_come_back(string method)
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (transaction, query) = await chain.SignAsync(EvmFixture.Transfer(1));
        chain.Front.FailNext(method, FrontFault.RateLimits);

        var sent = await chain.SubmitAsync(transaction);

        Assert.Equal((FaultKind.RateLimited, TimeSpan.FromSeconds(7)), (sent.Fault?.Kind, sent.Fault?.RetryAfter));
        Assert.IsType<Lookup<TransactionStatus>.DefinitelyAbsent>(await chain.LookUpAsync(query));
    }

    [Theory]
    [InlineData(FrontFault.Closes)]
    [InlineData(FrontFault.Html)]
    [InlineData(FrontFault.Unavailable)]
    public async Task Transaction_is_not_sent_while_the_chain_cannot_be_checked(object fault)
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (transaction, _) = await chain.SignAsync(EvmFixture.Transfer(1));
        chain.Front.FailNext("eth_chainId", (FrontFault)fault);

        Assert.Equal(FaultKind.Unavailable, (await chain.SubmitAsync(transaction)).Fault?.Kind);
        Assert.Equal(0, chain.Front.CountOf(EvmFixture.SendMethod));
    }

    [Theory]
    [InlineData(-32000, "already known", null, null)]
    [InlineData(-32000, "ALREADY_EXISTS: already known", null, null)]
    [InlineData(-32010, "AlreadyKnown", null, null)]
    [InlineData(-32000, "nonce too low: next nonce 5, tx nonce 4", FaultKind.Indeterminate, "chains.nonce_too_low")]
    [InlineData(-32010, "OldNonce", FaultKind.Indeterminate, "chains.nonce_too_low")]
    [InlineData(-32000, "replacement transaction underpriced", FaultKind.Indeterminate, "chains.replacement_underpriced")]
    [InlineData(-32000, "insufficient funds for gas * price + value: address 0x0 have 1 want 2", FaultKind.RateLimited, "chains.insufficient_funds")]
    [InlineData(-32004, "Upfront cost exceeds account balance", FaultKind.RateLimited, "chains.insufficient_funds")]
    [InlineData(-32000, "transaction underpriced: tip needed 25000000000, tip permitted 1", FaultKind.RateLimited, "chains.rpc_failed")]
    [InlineData(-32000, "txpool is full", FaultKind.RateLimited, "chains.rpc_failed")]
    [InlineData(-32005, "daily request count exceeded", FaultKind.RateLimited, "chains.rpc_failed")]
    [InlineData(-32000, "intrinsic gas too low: gas 20000, minimum needed 21000", FaultKind.Rejected, "chains.refused")]
    [InlineData(-32000, "exceeds block gas limit", FaultKind.Rejected, "chains.refused")]
    [InlineData(-32000, "invalid sender", FaultKind.Rejected, "chains.refused")]
    [InlineData(-32000, "tx fee (2.10 ether) exceeds the configured cap (1.00 ether)", FaultKind.Rejected, "chains.refused")]
    [InlineData(-32602, "Failed to decode signed transaction", FaultKind.Rejected, "chains.refused")]
    [InlineData(-32603, "failed to decode the upstream's reply", FaultKind.Indeterminate, "chains.rpc_failed")]
    [InlineData(-32603, "internal error", FaultKind.Indeterminate, "chains.rpc_failed")]
    [InlineData(-32000, "unknown transaction type", FaultKind.Indeterminate, "chains.rpc_failed")]
    [InlineData(-32000, "something new", FaultKind.Indeterminate, "chains.rpc_failed")]
    public async Task Refusals_of_other_nodes_mean_the_same(int code, string message, FaultKind? kind, string? fault)
    {
        await using var chain = await EvmFixture.StartedAsync();
        var (transaction, _) = await chain.SignAsync(EvmFixture.Transfer(1));
        chain.Front.RefuseNext(EvmFixture.SendMethod, code, message);

        var sent = await chain.SubmitAsync(transaction);

        Assert.Equal((kind, fault), (sent.Fault?.Kind, sent.Fault?.Code));
        Assert.Equal(kind is null, sent.IsSuccess);
    }

    [Theory]
    [InlineData(3, "execution reverted: no", "\"0x08c379a0000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000026e6f000000000000000000000000000000000000000000000000000000000000\"", "Error: no")]
    [InlineData(-32015, "VM execution error.", "\"Reverted 0x4e487b710000000000000000000000000000000000000000000000000000000000000011\"", "Panic: 0x11")]
    [InlineData(-32000, "Execution reverted", "{\"message\":\"reverted\",\"data\":\"0x12345678\"}", "Data: 0x12345678")]
    [InlineData(-32000, "execution reverted", null, "execution reverted")]
    public async Task Revert_reasons_of_other_nodes_are_read(int code, string message, string? data, string reason)
    {
        await using var chain = await EvmFixture.StartedAsync();
        chain.Front.RefuseNext("eth_estimateGas", code, message, data);

        var prepared = await chain.PrepareAsync(EvmFixture.Transfer(1));

        Assert.Equal((FaultKind.Rejected, "chains.reverted", reason), (prepared.Fault?.Kind, prepared.Fault?.Code, prepared.Fault?.PeerText));
    }

    [Fact]
    public async Task Credential_travels_as_bearer_token_and_its_refusal_is_unauthorized()
    {
        await using var chain = await EvmFixture.StartedAsync();
        chain.Calls.Secrets["NODE_TOKEN"] = "token-5d1";
        var connector = new EvmConnector(chain.Options() with { Bearer = new SecretRef("env:NODE_TOKEN") });
        var head = await connector.GetHeadAsync(chain.Calls.Create(), TestContext.Current.CancellationToken);
        chain.Front.FailNext("eth_chainId", FrontFault.Unauthorized);
        var refused = await connector.GetHeadAsync(chain.Calls.Create(), TestContext.Current.CancellationToken);
        chain.Calls.Secrets["NODE_TOKEN"] = "token\r\nX-Other: 1";
        var unusable = await connector.GetHeadAsync(chain.Calls.Create(), TestContext.Current.CancellationToken);

        Assert.True(head.IsSuccess, head.Fault?.ToString());
        Assert.All(chain.Front.Received, request => Assert.Equal("Bearer token-5d1", request.Authorization));
        Assert.Equal(FaultKind.Unauthorized, refused.Fault?.Kind);
        Assert.Equal((FaultKind.Unavailable, "secrets.unreadable"), (unusable.Fault?.Kind, unusable.Fault?.Code));
    }

    [Fact]
    public async Task Head_and_balance_name_the_block_they_are_true_for()
    {
        await using var chain = await EvmFixture.StartedAsync(AnvilMining.Manual);
        await chain.Node.MineAsync(4);

        var head = await chain.Connector.GetHeadAsync(chain.Calls.Create(), TestContext.Current.CancellationToken);
        var balance = await chain.Connector.GetBalanceAsync(EvmFixture.Bob.Address.ToLowerInvariant(), chain.Calls.Create(), TestContext.Current.CancellationToken);
        var probe = await chain.Connector.ProbeAsync(chain.Calls.Create(), TestContext.Current.CancellationToken);

        Assert.Equal(("eip155:31337", 4), (head.Value?.Chain, head.Value?.Number));
        Assert.NotNull(head.Value?.BaseFee);
        Assert.Equal(
            new AccountBalance { Address = EvmFixture.Bob.Address, Units = await chain.BalanceAsync(EvmFixture.Bob.Address), Block = 4 },
            balance.Value);
        Assert.StartsWith("anvil/", probe.Value?.Peer, StringComparison.Ordinal);
        Assert.Equal("4", probe.Value?.Facts["block"]);
    }

    private static async Task<ConnectorResult<TransactionStatus>> SubmitImpatientlyAsync(EvmFixture chain, SignedTransaction transaction, FrontFault fault)
    {
        if (fault != FrontFault.NeverAnswers)
        {
            return await chain.SubmitAsync(transaction);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var submitting = chain.Connector.SubmitAsync(transaction, chain.Calls.Create(), patience.Token).AsTask();
        await chain.MinedAsync(transaction.Hash);
        await patience.CancelAsync();
        return await submitting;
    }
}
