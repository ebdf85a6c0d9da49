using System.Net;
using Qrossing.TestKit.Network;

namespace Qrossing.EndToEndTests.Chains;

/// <summary>A lane of nonces goes on after a transaction that never came to be.</summary>
[Trait("Kind", "e2e")]
[Trait("Needs", "anvil")]
public sealed class NonceLaneTests
{
    [Fact]
    public async Task Transaction_that_is_given_up_gives_its_nonce_to_the_next()
    {
        await using var chain = await ChainScenario.StartAsync();
        var (wallet, address) = await chain.WalletAsync(ChainScenario.Ether);
        chain.Line.FailNext("eth_sendRawTransaction", FrontFault.Closes);
        chain.Line.FailNext("eth_getTransactionReceipt", FrontFault.Unavailable);
        var effect = await chain.SubmitAsync(ChainScenario.Transfer(wallet, 5), "given-up");
        await chain.Client.EffectAsync(effect, "unknown");
        await chain.Client.PostAsync($"/v1/effects/{effect}/cancel", status: HttpStatusCode.Accepted);
        var canceled = await chain.Client.EffectAsync(effect, shown => GatewayClient.Text(shown, "outcome") is "failed" or "succeeded");
        Assert.Equal("canceled", GatewayClient.Text(canceled, "phase"));

        var next = await chain.SubmitAsync(ChainScenario.Transfer(wallet, 6), "next");
        await chain.Client.EffectAsync(next, "succeeded");
        Assert.Equal(["0x6"], (await chain.MinedAsync(address)).Select(transaction => transaction.GetProperty("value").GetString()!));
    }
}
