using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.TestKit;

[Trait("Kind", "contract")]
[Trait("Needs", "anvil")]
public sealed class AnvilCounterpartTests(CounterpartHost counterparts)
{
    [Fact]
    public async Task Nodes_with_other_options_are_other_chains_and_equal_options_share_one()
    {
        var first = await counterparts.AnvilAsync();
        var other = await counterparts.AnvilAsync(new AnvilOptions { ChainId = 777 });

        Assert.Same(first, await counterparts.AnvilAsync(new AnvilOptions()));
        Assert.Equal("0x7a69", (await first.CallAsync("eth_chainId")).GetString());
        Assert.Equal("0x309", (await other.CallAsync("eth_chainId")).GetString());
        Assert.All(await Task.WhenAll(AnvilCounterpart.Accounts.Select(account => first.CallAsync("eth_getBalance", account.Address, "latest"))),
            balance => Assert.NotEqual("0x0", balance.GetString()));
    }

    [Fact]
    public async Task Manual_mining_keeps_a_transaction_pending_until_the_test_mines()
    {
        await using var node = await AnvilCounterpart.StartAsync(new AnvilOptions { Mining = AnvilMining.Manual });
        var transfer = new { from = AnvilCounterpart.Accounts[0].Address, to = AnvilCounterpart.Accounts[1].Address, value = "0x1" };

        var hash = (await node.CallAsync("eth_sendTransaction", transfer)).GetString();
        var pending = await node.CallAsync("eth_getTransactionReceipt", hash);
        await node.MineAsync();
        var mined = await node.CallAsync("eth_getTransactionReceipt", hash);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, pending.ValueKind);
        Assert.Equal("0x1", mined.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Error_of_the_node_is_told()
    {
        var node = await counterparts.AnvilAsync();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => node.CallAsync("no_such_method"));

        Assert.Contains("-32601", failure.Message, StringComparison.Ordinal);
    }
}
