using Qrossing.ContractTests.Blockchain.Evm;
using Qrossing.Core.Chains;
using Qrossing.Core.Effects;
using Qrossing.TestKit.Network;

namespace Qrossing.ContractTests.Blockchain;

/// <summary>A nonce that was given back holds up nothing behind it; on a real node.</summary>
[Trait("Kind", "contract")]
[Trait("Needs", "anvil")]
public sealed class NonceGapTests
{
    [Fact]
    public async Task Nonce_given_back_below_a_sent_transaction_is_filled_once_and_the_later_one_is_mined()
    {
        await using var rig = await ChainRig.StartAsync();
        var (first, second) = await OpenGapAsync(rig);

        Assert.Null((await rig.CancelAsync(first)).Refusal);
        second = await rig.SucceededAsync(second);

        var filler = Assert.Single(await rig.FillersAsync());
        filler = await rig.SucceededAsync(filler);
        var request = TransactionOperation.Read(filler);
        Assert.Equal((first.Id, NonceGaps.Purpose, "0", 0), (filler.Parent, request.Purpose, request.Value, request.Nonce));
        Assert.Equal((0, 1), (TransactionOperation.Prepared(filler).Nonce, TransactionOperation.Prepared(second).Nonce));
        Assert.Equal(EvmFixture.Alice.Address, request.To);
        Assert.Equal(2, await rig.MinedNonceAsync());
    }

    [Fact]
    public async Task Gap_that_closed_by_itself_needs_no_transfer_and_is_not_filled_again()
    {
        await using var rig = await ChainRig.StartAsync();
        var (first, second) = await OpenGapAsync(rig);
        rig.Front.BeforeNext("eth_estimateGas", () => rig.Node.CallAsync(
            "eth_sendTransaction", new { from = EvmFixture.Alice.Address, to = EvmFixture.Bob.Address, value = "0x7", nonce = "0x0" }));

        Assert.Null((await rig.CancelAsync(first)).Refusal);
        await rig.SucceededAsync(second);

        var filler = Assert.Single(await rig.FillersAsync());
        filler = await rig.UntilAsync(filler, now => now.State.Ended);
        Assert.Equal((EffectPhase.Failed, "chains.gap_closed"), (filler.State.Phase, filler.Reason));
        Assert.Single(await rig.FillersAsync());
    }

    [Fact]
    public async Task Reservation_above_a_gap_moves_down_as_long_as_nothing_was_signed()
    {
        await using var rig = await ChainRig.StartAsync(work: false);
        var effect = await rig.SendAsync();
        await rig.ChangeRecordAsync(effect, record => record with { Nonce = 3 });
        await rig.WorkAsync();

        effect = await rig.SucceededAsync(effect);

        Assert.Equal(0, TransactionOperation.Prepared(effect).Nonce);
        Assert.Empty(await rig.FillersAsync());
    }

    [Fact]
    public async Task Signed_transaction_keeps_its_nonce_and_what_is_free_below_it_is_filled_as_it_is_sent()
    {
        await using var rig = await ChainRig.StartAsync(work: false);
        var effect = await rig.SendAsync();
        await rig.ChangeRecordAsync(effect, record => record with { Nonce = 2, Hash = "0x" + new string('1', 64) });
        await rig.WorkAsync();

        effect = await rig.SucceededAsync(effect);

        Assert.Equal(2, TransactionOperation.Prepared(effect).Nonce);
        Assert.Equal([0, 1], (await rig.FillersAsync()).Select(filler => TransactionOperation.Read(filler).Nonce).Order());
        Assert.Equal(3, await rig.MinedNonceAsync());
    }

    /// <summary>The first holds nonce 0 and is turned away by the node for a while; the second is in the pool with nonce 1.</summary>
    private static async Task<(Effect First, Effect Second)> OpenGapAsync(ChainRig rig)
    {
        rig.Front.FailNext(EvmFixture.SendMethod, FrontFault.RateLimits);
        var first = await rig.UntilAsync(await rig.SendAsync(), now => now is { State.Phase: EffectPhase.Recorded, Reason: not null });
        var second = await rig.UntilAsync(await rig.SendAsync(), now => now.State.Phase == EffectPhase.Accepted);
        Assert.Equal(0, await rig.MinedNonceAsync());
        return (first, second);
    }
}
