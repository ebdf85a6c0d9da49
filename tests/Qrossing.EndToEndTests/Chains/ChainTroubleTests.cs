using Qrossing.TestKit.Counterparts;

namespace Qrossing.EndToEndTests.Chains;

/// <summary>What the chain itself does to transactions that were sent: blocks that come late, are replaced, or revert.</summary>
[Trait("Kind", "e2e")]
[Trait("Needs", "anvil")]
public sealed class ChainTroubleTests
{
    [Fact]
    public async Task Reorganisation_takes_the_success_back_and_the_same_bytes_succeed_again()
    {
        await using var chain = await ChainScenario.StartAsync(AnvilMining.Manual);
        var (wallet, address) = await chain.WalletAsync(ChainScenario.Ether);
        var effect = await chain.SubmitAsync(ChainScenario.Transfer(wallet, 5), "reorg");
        await chain.Client.EffectAsync(effect, shown => GatewayClient.Text(shown, "phase") == "accepted");
        await chain.Node.MineAsync();
        var first = await chain.Client.EffectAsync(effect, "succeeded", "provisional");

        await chain.Node.CallAsync("anvil_reorg", 1, Array.Empty<object>());
        await chain.Client.EffectAsync(effect, shown => GatewayClient.Text(shown, "outcome") is "unknown" or "pending");
        await chain.Client.EffectAsync(effect, shown => GatewayClient.Text(shown, "phase") == "accepted");
        await chain.Node.MineAsync();
        var second = await chain.Client.EffectAsync(effect, "succeeded", "provisional");
        await chain.Node.MineAsync(ChainScenario.Confirmations);
        await chain.Client.EffectAsync(effect, "succeeded", "final");

        Assert.Equal(first.GetProperty("result").GetProperty("hash").GetString(), second.GetProperty("result").GetProperty("hash").GetString());
        Assert.Single(await chain.MinedAsync(address));
        var events = await chain.Client.ListAsync($"/v1/events?subject={effect}");
        var told = events.Single(item => item.GetProperty("type").GetString() == "q.gateway.effects.succeeded.v1.retracted");
        Assert.Contains(events, item => item.GetProperty("id").GetString() == told.GetProperty("retracts").GetString() && item.GetProperty("type").GetString() == "q.gateway.effects.succeeded.v1");
    }

    [Fact]
    public async Task Transaction_that_reverts_in_its_block_has_failed_once_that_block_is_final()
    {
        await using var chain = await ChainScenario.StartAsync(AnvilMining.Manual);
        var contract = await chain.DeployAsync();
        var (wallet, address) = await chain.WalletAsync(ChainScenario.Ether);
        var call = new { chain = ChainScenario.Chain, wallet, to = contract, function = "register(bytes32,string,bytes32[])", arguments = new object[] { $"0x{new string('b', 64)}", "Title", Array.Empty<string>() } };
        var effect = await chain.SubmitAsync(call, "revert");
        await chain.Client.EffectAsync(effect, shown => GatewayClient.Text(shown, "phase") == "accepted");

        // The contract changes under the transaction that waits: PUSH0 PUSH0 REVERT.
        await chain.Node.CallAsync("anvil_setCode", contract, "0x5f5ffd");
        await chain.Node.MineAsync();
        var pending = await chain.Client.EffectAsync(effect, shown => shown.TryGetProperty("result", out var result) && GatewayClient.Text(result, "state") is "reverted" or "Reverted");
        Assert.Equal("pending", GatewayClient.Text(pending, "outcome"));
        await chain.Node.MineAsync(ChainScenario.Confirmations);
        var failed = await chain.Client.EffectAsync(effect, "failed");

        Assert.Equal("chains.reverted", GatewayClient.Text(failed, "reason"));
        var next = await chain.SubmitAsync(ChainScenario.Transfer(wallet, 1), "next");
        await chain.Client.EffectAsync(next, shown => GatewayClient.Text(shown, "phase") == "accepted");
        await chain.Node.MineAsync();
        await chain.Client.EffectAsync(next, "succeeded");
        Assert.Equal(2, await chain.NumberAsync("eth_getTransactionCount", address, "latest"));
    }

    [Fact]
    public async Task Money_that_two_transactions_promise_at_once_pays_one_and_the_other_waits_for_more()
    {
        await using var chain = await ChainScenario.StartAsync(AnvilMining.Manual);
        var (wallet, address) = await chain.WalletAsync(2 * ChainScenario.Ether);
        var amount = 3 * ChainScenario.Ether / 2;
        var effects = await Task.WhenAll(chain.SubmitAsync(ChainScenario.Transfer(wallet, amount), "one"), chain.SubmitAsync(ChainScenario.Transfer(wallet, amount), "two"));
        foreach (var effect in effects)
        {
            await chain.Client.EffectAsync(effect, shown => GatewayClient.Text(shown, "phase") == "accepted" || GatewayClient.Text(shown, "reason") is not null);
        }

        await chain.Node.MineAsync();
        await chain.Client.UntilAsync(async () => await SucceededAsync() == 1, () => "not one of both succeeded");
        Assert.Single(await chain.MinedAsync(address));

        await chain.FundAsync(address, 4 * ChainScenario.Ether);
        await chain.Client.UntilAsync(
            async () =>
            {
                await chain.Node.MineAsync();
                return await SucceededAsync() == 2;
            },
            () => "the second stays open");
        var third = await chain.SubmitAsync(ChainScenario.Transfer(wallet, 1), "three");
        await chain.Client.EffectAsync(third, shown => GatewayClient.Text(shown, "phase") == "accepted");
        await chain.Node.MineAsync();
        await chain.Client.EffectAsync(third, "succeeded");
        Assert.Equal(["0x0", "0x1", "0x2"], (await chain.MinedAsync(address)).Select(transaction => transaction.GetProperty("nonce").GetString()!));

        async Task<int> SucceededAsync() => (await chain.Client.ListAsync("/v1/effects?outcome=succeeded")).Count;
    }
}
