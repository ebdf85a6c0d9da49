using System.Text.Json;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Chains;

/// <summary>
/// Keeps a nonce lane without gaps. A chain takes an account's transactions in the order of their nonces, so a nonce that was given back below one
/// already sent would hold up everything behind it: a transfer of nothing from the wallet to itself takes its place, as an effect of its own.
/// </summary>
internal sealed class NonceGaps(IChainStore store, IdGenerator ids)
{
    /// <summary>The reserved purpose in the request of such a transfer.</summary>
    public const string Purpose = "fill_gap";

    /// <summary>More than these open below one transaction are filled step by step, as the following ones are sent.</summary>
    private const int MostAtOnce = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    /// <summary>After <paramref name="nonce"/> was given back: fills it where a signed transaction waits behind it.</summary>
    public void AfterRelease(EffectChange change, TransactionRecord released, long nonce, IWriteSession session)
    {
        if (store.IsSignedAbove(session, released.Tenant, released.Chain, released.From, nonce))
        {
            Fill(change, released, nonce, session);
        }
    }

    /// <summary>As a transaction is about to be sent: fills what is free between the peer's next nonce and its own.</summary>
    public void BelowSending(EffectChange change, TransactionRecord sending, long peerNonce, IWriteSession session)
    {
        for (var filled = 0; filled < MostAtOnce; filled++)
        {
            var free = store.ReserveNonce(session, sending.Tenant, sending.Chain, sending.From, peerNonce);
            if (free >= sending.Nonce)
            {
                return;
            }

            Fill(change, sending, free, session);
        }
    }

    private void Fill(EffectChange change, TransactionRecord neighbour, long nonce, IWriteSession session)
    {
        var request = new TransactionRequest
        {
            TransactionId = ids.New<TransactionId>().Text,
            WalletId = neighbour.Wallet.Text,
            Chain = neighbour.Chain,
            To = neighbour.From,
            Value = "0",
            Purpose = Purpose,
            Nonce = nonce,
        };
        var parent = change.After;
        var filler = new Effect
        {
            Tenant = parent.Tenant,
            Id = ids.New<EffectId>(),
            Kind = TransactionOperation.KindName,
            Connection = parent.Connection,
            Client = "system",
            State = new EffectState(EffectPhase.Recorded),
            Request = JsonSerializer.SerializeToUtf8Bytes(request, ChainsJson.Default.TransactionRequest),
            RequestDigest = parent.RequestDigest,
            Parent = parent.Id,
            PartitionKey = parent.PartitionKey,
            TraceParent = parent.TraceParent,
            NextActionAt = session.Now,
            ExpiresAt = session.Now + Lifetime,
            Version = 1,
            CreatedAt = session.Now,
            UpdatedAt = session.Now,
        };
        change.Follow(filler);

        // Held from the start: no other transaction can take it, and the same gap is not filled twice.
        store.PutTransaction(session, Transactions.NewRecord(filler, request, neighbour.From, session.Now) with { Nonce = nonce });
    }
}
