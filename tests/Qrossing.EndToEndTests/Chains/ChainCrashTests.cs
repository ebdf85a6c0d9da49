using System.Net;
using Qrossing.Core.Effects;

namespace Qrossing.EndToEndTests.Chains;

/// <summary>A gateway that dies while it sends a transaction.</summary>
[Trait("Kind", "e2e")]
[Trait("Needs", "anvil")]
public sealed class ChainCrashTests
{
    [Theory]
    [InlineData(EffectCrashPoints.BeforeSendingCommit)]
    [InlineData(EffectCrashPoints.AfterSendingCommit)]
    [InlineData(EffectCrashPoints.AfterReply)]
    [InlineData(EffectCrashPoints.BeforeResultCommit)]
    public async Task Gateway_killed_while_it_sends_leaves_one_transaction(string point)
    {
        await using var chain = await ChainScenario.StartAsync(crashAt: point);
        var (wallet, address) = await chain.WalletAsync(ChainScenario.Ether);
        await Assert.ThrowsAsync<HttpRequestException>(() => chain.Client.PostAsync("/v1/transactions", ChainScenario.Transfer(wallet, 5), key: "crash"));
        Assert.Equal(137, await chain.Gateway.Exit);

        await chain.Gateway.RestartAsync();
        using var repeat = await chain.Client.SendAsync(HttpMethod.Post, "/v1/transactions", ChainScenario.Transfer(wallet, 5), "crash");
        Assert.True(repeat.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted, $"{repeat.StatusCode}");
        var effect = (await chain.Client.ListAsync("/v1/effects")).Single().GetProperty("id").GetString()!;
        await chain.Client.EffectAsync(effect, "succeeded");
        await chain.Client.PostAsync("/v1/transactions", ChainScenario.Transfer(wallet, 6), key: "next");

        Assert.Equal(["0x5", "0x6"], (await chain.MinedAsync(address)).Select(transaction => transaction.GetProperty("value").GetString()!));
    }
}
