using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Chains;

/// <summary>
/// <c>chains.transaction</c>: plan at the peer, reserve the nonce durably, sign, commit the signed bytes, send. While the outcome is unknown the
/// same bytes are sent again: their nonce makes that harmless, and a second transaction in its place would not be.
/// </summary>
internal sealed class TransactionOperation(ConnectorInvoker invoker, IChainStore store, IEffectStore effects, IWriter writer, Wallets wallets, NonceGaps gaps) : IEffectOperation
{
    public const string KindName = "chains.transaction";

    // While a gap is open everything behind it waits, so that closing it is not given up for one refusal.
    private static readonly TimeSpan FillAgainAfter = TimeSpan.FromSeconds(30);

    private static readonly EffectRules Rules = new()
    {
        Repeats = PeerIdempotency.Natural,
        RepeatsStoredBytes = true,
        AbsenceProves = false,
        AbsenceHorizon = TimeSpan.FromSeconds(5),
        PollInterval = TimeSpan.FromSeconds(1),

        // Its nonce is held for good: given up, it would stop every later transaction of the wallet.
        MayBeAbandoned = false,
    };

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public bool PreparesLocally => false;

    /// <inheritdoc/>
    public EffectRules RulesFor(Effect effect) => Rules;

    /// <inheritdoc/>
    public async ValueTask<PrepareResult> PrepareAsync(Effect effect, CancellationToken cancellationToken)
    {
        var request = Read(effect);
        if (await store.GetWalletAsync(effect.Tenant, new WalletId(request.WalletId), cancellationToken) is not { } wallet)
        {
            return new PrepareResult.Refused(new Evidence.DidNotHappen(Fault.Of(FaultKind.NotFound, ChainErrors.WalletNotFound.Code)));
        }

        // 1. Plan: chain id, simulation, fees, the peer's view of the next nonce.
        var plan = await invoker.ReadAsync<IBuildsTransactions, TransactionPlan>(
            effect.Tenant,
            effect.Connection,
            "prepare_transaction",
            (chain, call, token) => chain.PrepareAsync(ToPrepare(request, wallet.Address), call, token),
            cancellationToken);
        if (!plan.IsSuccess)
        {
            // Nothing was sent: what the peer could not answer now can be asked again.
            return new PrepareResult.Refused(request.Purpose is null && plan.Fault.Kind is FaultKind.Rejected or FaultKind.Invalid or FaultKind.NotFound
                ? new Evidence.DidNotHappen(plan.Fault)
                : new Evidence.NotNow(plan.Fault.Kind == FaultKind.Unauthorized ? plan.Fault : plan.Fault with { Kind = FaultKind.Unavailable }));
        }

        if (plan.Value.Chain != request.Chain)
        {
            // The connection was given another chain since the effect was recorded: what the caller wanted must not be signed for that one.
            return new PrepareResult.Refused(new Evidence.DidNotHappen(Fault.Of(FaultKind.Rejected, ChainErrors.WrongChain.Code, plan.Value.Chain)));
        }

        if (request.Nonce < plan.Value.PeerNonce)
        {
            return new PrepareResult.Refused(new Evidence.DidNotHappen(Fault.Of(FaultKind.Rejected, ChainErrors.GapClosed.Code)));
        }

        // 2. Reserve the nonce: durable before anything is signed; a crash in between finds the same reservation again.
        if (await writer.WriteAsync(session => Reserve(session, effect, request, wallet, plan.Value), cancellationToken) is not { } nonce)
        {
            // Cancelled or changed meanwhile: the runner reads it again.
            return new PrepareResult.Refused(new Evidence.NotNow(Fault.Of(FaultKind.Unavailable, EffectErrors.ChangedMeanwhile.Code)));
        }

        // 3. Encode, sign, assemble.
        var unsigned = invoker.Ask<IBuildsTransactions, UnsignedTransaction>(effect.Tenant, effect.Connection, chain => chain.Encode(plan.Value, nonce));
        if (!unsigned.IsSuccess)
        {
            return new PrepareResult.Refused(new Evidence.NotNow(Fault.Of(FaultKind.Unavailable, unsigned.Refusal.Error.Code)));
        }

        var signature = await wallets.SignAsync(wallet, unsigned.Value.Digest, cancellationToken);
        var signed = invoker.Ask<IBuildsTransactions, SignedTransaction>(
            effect.Tenant, effect.Connection, chain => chain.Assemble(unsigned.Value, signature.RS, signature.RecoveryId));
        if (!signed.IsSuccess)
        {
            return new PrepareResult.Refused(new Evidence.NotNow(Fault.Of(FaultKind.Unavailable, signed.Refusal.Error.Code)));
        }

        var prepared = new PreparedTransaction { Raw = signed.Value.Raw.ToArray(), Hash = signed.Value.Hash, From = wallet.Address, Nonce = nonce, PeerNonce = plan.Value.PeerNonce };
        return new PrepareResult.Ready(JsonSerializer.SerializeToUtf8Bytes(prepared, ChainsJson.Default.PreparedTransaction), prepared.Hash);
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> SendAsync(Effect effect, CancellationToken cancellationToken)
    {
        var prepared = Prepared(effect);
        var status = await invoker.WriteAsync<ISubmitsTransactions, TransactionStatus>(
            WriteCall.Of(effect, "submit_transaction"),
            (chain, call, token) => chain.SubmitAsync(new SignedTransaction { Raw = prepared.Raw, Hash = prepared.Hash }, call, token),
            cancellationToken);
        if (status.IsSuccess)
        {
            return EvidenceOf(status.Value);
        }

        var evidence = Evidence.OfWrite(status.Fault);
        if (evidence is Evidence.DidNotHappen && Read(effect).Purpose is not null)
        {
            evidence = new Evidence.NotNow(status.Fault with { RetryAfter = FillAgainAfter });
        }

        return evidence with { PeerReference = prepared.Hash };
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> LookUpAsync(Effect effect, CancellationToken cancellationToken)
    {
        if (effect.Prepared is null)
        {
            return new Evidence.CannotTell(ChainErrors.NotPrepared.Code); // restored from a backup that was taken before it was signed
        }

        var prepared = Prepared(effect);
        var query = new TransactionQuery { Chain = Read(effect).Chain, Hash = prepared.Hash, From = prepared.From, Nonce = prepared.Nonce };
        var found = await invoker.LookUpAsync<ISubmitsTransactions, Lookup<TransactionStatus>>(
            effect,
            "look_up_transaction",
            (chain, call, token) => chain.LookUpTransactionAsync(query, call, token),
            cancellationToken);
        return found.ToEvidence(EvidenceOf) with { PeerReference = prepared.Hash };
    }

    /// <inheritdoc/>
    public void OnTransition(EffectChange change, IWriteSession session)
    {
        var effect = change.After;
        if (store.FindTransaction(session, effect.Tenant, effect.Id) is not { } transaction)
        {
            return;
        }

        // A nonce is free again only when it is certain that nothing with it was taken: failed out of sending, and not mined as reverted.
        var released = effect.State.Phase is EffectPhase.Failed or EffectPhase.Canceled
            && change.Before.Phase is EffectPhase.Sending or EffectPhase.Recorded;
        var now = transaction with
        {
            Nonce = released ? null : transaction.Nonce,
            Hash = effect.Prepared is null ? transaction.Hash : Prepared(effect).Hash,
            Status = effect.Result ?? transaction.Status,
            UpdatedAt = session.Now,
        };
        store.PutTransaction(session, now);
        if (released && transaction.Nonce is { } free && (Read(effect).Purpose is null || effect.Reason == EffectErrors.Expired.Code))
        {
            gaps.AfterRelease(change, now, free, session);
        }
        else if (effect.State.Phase == EffectPhase.Sending && Prepared(effect).PeerNonce is { } peerNonce)
        {
            gaps.BelowSending(change, now, peerNonce, session);
        }
    }

    /// <inheritdoc/>
    public StoredAnswer Answer(Effect effect)
    {
        var request = Read(effect);
        return new StoredAnswer(201, "application/json", $"/v1/transactions/{request.TransactionId}", TransactionView.Write(request, effect));
    }

    internal static TransactionRequest Read(Effect effect) =>
        JsonSerializer.Deserialize(effect.Request.Span, ChainsJson.Default.TransactionRequest)
        ?? throw new InvalidOperationException($"Effect {effect.Id} has no request.");

    internal static PreparedTransaction Prepared(Effect effect) =>
        JsonSerializer.Deserialize((effect.Prepared ?? throw new InvalidOperationException($"Effect {effect.Id} is not prepared.")).Span, ChainsJson.Default.PreparedTransaction)!;

    internal static PrepareTransaction ToPrepare(TransactionRequest request, string from) => new()
    {
        From = from,
        To = request.To,
        Value = BigInteger.Parse(request.Value, CultureInfo.InvariantCulture),
        Data = request.Data,
        Call = request.Function is null
            ? null
            : new ContractCall { To = request.To, Function = request.Function, Arguments = request.Arguments ?? JsonDocument.Parse("[]").RootElement },
    };

    private static Evidence EvidenceOf(TransactionStatus status)
    {
        var result = JsonSerializer.SerializeToUtf8Bytes(status, ChainsJson.Default.TransactionStatus);
        Evidence evidence = status switch
        {
            { State: TransactionState.Pending } => new Evidence.InProgress(),
            { State: TransactionState.Mined, Final: true } => new Evidence.Done(Finality.Final),
            { State: TransactionState.Mined } => new Evidence.Done(Finality.Provisional),
            { State: TransactionState.Reverted, Final: true } => new Evidence.DidNotHappen(Fault.Of(FaultKind.Rejected, ChainErrors.Reverted.Code)),
            // Reverted in a block that can still be replaced: the chain has it and is working.
            _ => new Evidence.InProgress(),
        };
        return evidence with { Result = result, PeerReference = status.Hash };
    }

    /// <summary>The nonce that the effect holds from now on; null when the effect is not as it was read: what was withdrawn meanwhile must not hold one.</summary>
    private long? Reserve(IWriteSession session, Effect effect, TransactionRequest request, WalletRecord wallet, TransactionPlan plan)
    {
        if (effects.Get(session, effect.Tenant, effect.Id) is not { State.Phase: EffectPhase.Recorded } current || current.Version != effect.Version)
        {
            return null;
        }

        var held = store.FindTransaction(session, effect.Tenant, effect.Id);
        if (request.Nonce is { } pinned)
        {
            return held?.Nonce == pinned ? pinned : null;
        }

        // What was signed keeps its nonce, should the peer have it after all; what was not moves down into a gap.
        var reserved = store.ReserveNonce(session, effect.Tenant, request.Chain, wallet.Address, plan.PeerNonce);
        if (held?.Nonce is { } nonce && nonce >= plan.PeerNonce && (held.Hash is not null || nonce <= reserved))
        {
            return nonce;
        }
        store.PutTransaction(session, (held ?? Transactions.NewRecord(effect, request, wallet.Address, session.Now)) with { Nonce = reserved, UpdatedAt = session.Now });
        return reserved;
    }
}
