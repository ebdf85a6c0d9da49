using System.Text.Json;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Chains;

/// <summary>The chains slice: heads, balances, contract reads, and transactions as effects.</summary>
public sealed class Transactions
{
    private readonly EffectLedger _ledger;
    private readonly IChainStore _store;
    private readonly IEffectStore _effects;
    private readonly ChainDirectory _chains;
    private readonly ConnectionGate _gate;
    private readonly IdGenerator _ids;

    internal Transactions(EffectLedger ledger, IChainStore store, IEffectStore effects, ChainDirectory chains, ConnectionGate gate, IdGenerator ids)
    {
        (_ledger, _store, _effects, _chains, _gate, _ids) = (ledger, store, effects, chains, gate, ids);
    }

    /// <summary>
    /// Records the effect of a transaction. Refusals: <c>wallets.not_found</c>, <c>chains.unknown</c>, <c>connections.*</c>, <c>idempotency.*</c>.
    /// What the chain itself refuses (revert, funds) is the effect's outcome.
    /// </summary>
    public async Task<Result<EffectAnswer>> SendAsync(RequestContext context, TransactionDraft draft, CancellationToken cancellationToken)
    {
        var tenant = context.Caller.Tenant;
        if (await _store.GetWalletAsync(tenant, draft.Wallet, cancellationToken) is not { } wallet)
        {
            return new Refusal(ChainErrors.WalletNotFound, $"There is no wallet {draft.Wallet}.");
        }

        if (_chains.Find(tenant, draft.Chain) is not { } connection)
        {
            return new Refusal(ChainErrors.ChainUnknown, $"There is no connection for chain {draft.Chain}.");
        }

        if (_gate.Check<ISubmitsTransactions>(context.Caller, connection) is { } closed)
        {
            return closed;
        }

        var request = new TransactionRequest
        {
            TransactionId = _ids.New<TransactionId>().Text,
            WalletId = wallet.Id.Text,
            Chain = draft.Chain.ToString(),
            To = draft.To,
            Value = draft.Value,
            Data = draft.Data,
            Function = draft.Function,
            Arguments = draft.Arguments,
        };
        return await _ledger.SubmitAsync(
            new EffectSubmission
            {
                Context = context,
                Kind = TransactionOperation.KindName,
                Connection = connection,
                Request = JsonSerializer.SerializeToUtf8Bytes(request, ChainsJson.Default.TransactionRequest),
                Fingerprint = draft.Fingerprint,
                IdempotencyKey = draft.IdempotencyKey,
                Wait = draft.Wait,
                PartitionKey = $"{draft.Chain}/{wallet.Address}",
                Alongside = (effect, session) => _store.PutTransaction(session, NewRecord(effect, request, wallet.Address, session.Now)),
            },
            cancellationToken);
    }

    /// <summary>A transaction with its effect as JSON. Refusal: <c>transactions.not_found</c>.</summary>
    public async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(TenantId tenant, TransactionId id, CancellationToken cancellationToken)
    {
        if (await _store.GetTransactionAsync(tenant, id, cancellationToken) is { } record
            && await _effects.GetAsync(tenant, record.Effect, cancellationToken) is { } effect)
        {
            return (ReadOnlyMemory<byte>)TransactionView.Write(TransactionOperation.Read(effect), effect);
        }

        return new Refusal(ChainErrors.TransactionNotFound, $"There is no transaction {id}.");
    }

    /// <summary>Transactions with their effects as JSON, newest first; null: of all wallets.</summary>
    public async ValueTask<Page<ReadOnlyMemory<byte>>> ListAsync(TenantId tenant, WalletId? wallet, PageRequest page, CancellationToken cancellationToken)
    {
        var records = await _store.ListTransactionsAsync(tenant, wallet, page, cancellationToken);
        var views = new List<ReadOnlyMemory<byte>>(records.Items.Count);
        foreach (var record in records.Items)
        {
            if (await _effects.GetAsync(tenant, record.Effect, cancellationToken) is { } effect)
            {
                views.Add(TransactionView.Write(TransactionOperation.Read(effect), effect));
            }
        }

        return new Page<ReadOnlyMemory<byte>>(views, records.Next);
    }

    internal static TransactionRecord NewRecord(Effect effect, TransactionRequest request, string from, DateTimeOffset now) => new()
    {
        Tenant = effect.Tenant,
        Id = new TransactionId(request.TransactionId),
        Effect = effect.Id,
        Wallet = new WalletId(request.WalletId),
        Chain = request.Chain,
        From = from,
        To = request.To,
        Value = request.Value,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
