using System.Text.Json;
using Qrossing.Abstractions.Values;
using Qrossing.ContractTests.Blockchain.Evm;
using Qrossing.Core.Chains;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Network;

namespace Qrossing.ContractTests.Blockchain;

/// <summary><c>chains.transaction</c> through the ledger on a real node: what is sent, sent again, found and taken back.</summary>
[Trait("Kind", "contract")]
[Trait("Needs", "anvil")]
public sealed class TransactionEffectTests
{
    [Fact]
    public async Task Transaction_whose_reply_was_lost_is_adopted_and_not_sent_anew()
    {
        await using var rig = await ChainRig.StartAsync();
        rig.Front.FailNext(EvmFixture.SendMethod, FrontFault.AppliesThenCloses);

        var effect = await rig.SucceededAsync(await rig.SendAsync());

        Assert.Contains("q.gateway.effects.unknown.v1", await rig.EventsAsync(effect));
        Assert.Equal(1, await rig.MinedNonceAsync());
        Assert.Equal((await rig.RecordAsync(effect)).Hash, TransactionOperation.Prepared(effect).Hash);
    }

    [Fact]
    public async Task Same_bytes_that_the_node_knows_already_are_a_success_of_the_repeat()
    {
        await using var rig = await ChainRig.StartAsync(AnvilMining.Manual);
        rig.Front.FailNext(EvmFixture.SendMethod, FrontFault.AppliesThenCloses);
        rig.Front.AnswerNext("eth_getTransactionReceipt", "null");
        rig.Front.AnswerNext("eth_getTransactionByHash", "null");

        var effect = await rig.UntilAsync(await rig.SendAsync(), now => now.State.Phase == EffectPhase.Accepted);
        await rig.Node.MineAsync(EvmFixture.Confirmations);
        effect = await rig.SucceededAsync(effect);

        Assert.Equal(2, rig.Front.CountOf(EvmFixture.SendMethod));
        Assert.Equal(1, await rig.MinedNonceAsync());
        Assert.Contains(await rig.Effects.ListAttemptsAsync(TenantId.Default, effect.Id, CancellationToken.None), attempt => attempt is { Kind: "repeat", Evidence: "in_progress" });
    }

    [Fact]
    public async Task Reorganisation_retracts_what_was_told_and_the_effect_goes_on()
    {
        await using var rig = await ChainRig.StartAsync(AnvilMining.Manual);
        var effect = await rig.UntilAsync(await rig.SendAsync(), now => now.State.Phase == EffectPhase.Accepted);
        await rig.Node.MineAsync();
        effect = await rig.UntilAsync(effect, now => now.State == new EffectState(EffectPhase.Succeeded, Finality.Provisional));

        await rig.Node.CallAsync("anvil_rollback", 1);
        effect = await rig.UntilAsync(effect, now => now.State.Outcome != EffectOutcome.Succeeded);
        Assert.Contains("q.gateway.effects.succeeded.v1.retracted", await rig.EventsAsync(effect));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (effect.State is not { Phase: EffectPhase.Succeeded, Finality: Finality.Final })
        {
            Assert.False(patience.IsCancellationRequested, $"The effect is {effect.State}.");
            await rig.Node.MineAsync();
            effect = await rig.HurryAsync(effect);
        }

        Assert.Equal(1, await rig.MinedNonceAsync());
    }

    [Fact]
    public async Task Missing_funds_keep_one_transaction_waiting_and_not_the_wallet()
    {
        await using var rig = await ChainRig.StartAsync();
        var rich = await rig.UntilAsync(await rig.SendAsync("20000000000000000000000"), now => now.Reason == "chains.insufficient_funds");

        var next = await rig.SucceededAsync(await rig.SendAsync());
        await rig.Node.CallAsync("anvil_setBalance", EvmFixture.Alice.Address, "0xffffffffffffffffffff");
        await rig.HurryAsync(rich);
        rich = await rig.SucceededAsync(rich);

        Assert.Equal((0, 1), (TransactionOperation.Prepared(next).Nonce, TransactionOperation.Prepared(rich).Nonce));
    }

    [Fact]
    public async Task Stop_between_reservation_and_sending_uses_the_same_nonce_again()
    {
        await using var rig = await ChainRig.StartAsync(work: false);
        var first = await rig.SendAsync();
        await rig.ChangeRecordAsync(first, record => record with { Nonce = 0 });
        var second = await rig.SendAsync();
        await rig.RestartAsync();
        await rig.WorkAsync();

        first = await rig.SucceededAsync(first);
        second = await rig.SucceededAsync(second);

        Assert.Equal((0, 1), (TransactionOperation.Prepared(first).Nonce, TransactionOperation.Prepared(second).Nonce));
    }

    [Fact]
    public async Task Restored_transaction_without_its_signed_bytes_stays_unknown_and_nothing_is_sent()
    {
        await using var rig = await ChainRig.StartAsync(work: false);
        var effect = await rig.SendAsync();
        await rig.RestartAsync(restored: true);
        await rig.WorkAsync();

        effect = await rig.UntilAsync(effect, now => now is { State.Phase: EffectPhase.Unknown, Attempts: > 1 });

        Assert.Equal("effects.cannot_tell", effect.Reason);
        Assert.Equal(0, rig.Front.CountOf(EvmFixture.SendMethod));
        Assert.Equal(0, await rig.MinedNonceAsync());
    }

    [Fact]
    public async Task Transaction_for_another_chain_than_its_connection_serves_is_neither_signed_nor_sent()
    {
        await using var rig = await ChainRig.StartAsync();
        var request = new TransactionRequest { TransactionId = "txn_other", WalletId = rig.Wallet.Text, Chain = "eip155:1", To = EvmFixture.Bob.Address, Value = "1" };

        var answer = (await rig.Ledger.SubmitAsync(
            new EffectSubmission
            {
                Context = ChainRig.Caller,
                Kind = TransactionOperation.KindName,
                Connection = ChainRig.Connection,
                Request = JsonSerializer.SerializeToUtf8Bytes(request, ChainsJson.Default.TransactionRequest),
                Fingerprint = new string('b', 64),
                Wait = TimeSpan.FromSeconds(20),
            },
            CancellationToken.None)).Value!;

        Assert.Equal((EffectPhase.Failed, "chains.wrong_chain"), (answer.Effect.State.Phase, answer.Effect.Reason));
        Assert.Null(answer.Effect.Prepared);
        Assert.Equal(0, rig.Front.CountOf(EvmFixture.SendMethod));
        Assert.Null(await rig.Store.FindTransactionAsync(TenantId.Default, answer.Effect.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Cancel_while_it_is_prepared_costs_the_wallet_no_nonce()
    {
        await using var rig = await ChainRig.StartAsync(work: false);
        var effect = await rig.SendAsync();
        rig.Front.BeforeNext("eth_estimateGas", async () => Assert.Null((await rig.CancelAsync(effect)).Refusal));
        await rig.WorkAsync();

        effect = await rig.UntilAsync(effect, now => now.State.Phase == EffectPhase.Canceled);
        var next = await rig.SucceededAsync(await rig.SendAsync());

        Assert.Equal(0, TransactionOperation.Prepared(next).Nonce);
        Assert.Null((await rig.RecordAsync(effect)).Nonce);
        Assert.Equal("effects.canceled", effect.Reason);
    }

    [Fact]
    public async Task Probe_while_it_is_prepared_costs_the_wallet_no_nonce_and_it_is_sent_once()
    {
        await using var rig = await ChainRig.StartAsync(work: false);
        var effect = await rig.SendAsync();
        var told = new List<string?>();
        rig.Front.BeforeNext("eth_estimateGas", async () => Assert.True((await rig.Ledger.ProbeAsync(ChainRig.Caller, effect.Id, TimeSpan.Zero, CancellationToken.None)).IsSuccess));
        rig.Front.BeforeNext("eth_sendRawTransaction", async () => told.Add((await rig.Effects.GetAsync(TenantId.Default, effect.Id, CancellationToken.None))!.Reason));
        await rig.WorkAsync();

        var done = await rig.SucceededAsync(effect);

        Assert.Equal(0, TransactionOperation.Prepared(done).Nonce);
        Assert.Equal(["effects.changed_meanwhile"], told);
        Assert.Equal(1, await rig.MinedNonceAsync());
    }

    [Fact]
    public async Task Cancel_of_a_sent_transaction_is_refused_and_changes_nothing()
    {
        await using var rig = await ChainRig.StartAsync(AnvilMining.Manual);
        var effect = await rig.UntilAsync(await rig.SendAsync(), now => now.State.Phase == EffectPhase.Accepted);

        var refusal = (await rig.CancelAsync(effect)).Refusal;

        Assert.Equal(("effects.not_cancelable", "pending"), (refusal?.Error.Code, refusal?.EffectOutcome));
        await rig.Node.MineAsync(EvmFixture.Confirmations);
        Assert.False((await rig.SucceededAsync(effect)).CancelRequested);
    }
}
