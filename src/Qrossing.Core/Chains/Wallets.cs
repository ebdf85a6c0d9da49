using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Signatures;

namespace Qrossing.Core.Chains;

/// <summary>Managed wallets: keys made or imported, sealed before they are stored, never shown, used only to sign what an effect prepared.</summary>
public sealed class Wallets(IChainStore store, IWriter writer, KeyRing keys, GatewayEvents events, IdGenerator ids, TimeProvider clock)
{
    /// <summary>The one CAIP-2 namespace of this version.</summary>
    public const string Namespace = "eip155";

    private const string Purpose = KeyPurposes.Secrets;

    /// <summary>Makes a wallet with a new key, or imports one. Refusals: <c>wallets.key_invalid</c>, <c>wallets.exists</c>.</summary>
    public async Task<Result<WalletRecord>> CreateAsync(RequestContext context, string name, string? privateKey, CancellationToken cancellationToken)
    {
        var key = privateKey is null ? NewKey() : ReadKey(privateKey);
        if (key is null || !EthereumAddress.TryFromPrivateKey(key, out var address))
        {
            return new Refusal(ChainErrors.KeyInvalid, "The private key is not a secp256k1 key.") { Errors = [new FieldError("/privateKey", "format", "Send 0x and 64 hex digits.")] };
        }

        try
        {
            await keys.KeyAsync(context.Caller.Tenant, Purpose, cancellationToken);
            var id = ids.New<WalletId>();
            var wallet = new WalletRecord
            {
                Tenant = context.Caller.Tenant,
                Id = id,
                Name = name,
                Namespace = Namespace,
                Address = address.ToString(),
                SealedKey = keys.Seal(context.Caller.Tenant, Purpose, key, ContextOf(id)),
                CreatedAt = clock.GetUtcNow(),
            };
            return await writer.WriteAsync<Result<WalletRecord>>(session => Insert(session, wallet, context, imported: privateKey is not null), cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Signs a digest with a wallet's key. The key is in memory for the length of this call.</summary>
    internal async Task<WalletSignature> SignAsync(WalletRecord wallet, ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        await keys.KeyAsync(wallet.Tenant, Purpose, cancellationToken);
        if (!keys.TryOpen(wallet.Tenant, Purpose, wallet.SealedKey, ContextOf(wallet.Id), out var key))
        {
            throw new CryptographicException($"The key of wallet {wallet.Id} does not open under the key ring.");
        }

        try
        {
            var signature = new byte[64];
            return Secp256k1.TrySign(digest.Span, key, signature, out var recoveryId)
                ? new WalletSignature(signature, recoveryId)
                : throw new CryptographicException($"Wallet {wallet.Id} could not sign.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static string ContextOf(WalletId id) => $"wallet/{id}";

    private static byte[] NewKey()
    {
        var key = new byte[32];
        do
        {
            RandomNumberGenerator.Fill(key);
        }
        while (!Secp256k1.IsPrivateKey(key));
        return key;
    }

    private static byte[]? ReadKey(string text)
    {
        var digits = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit) && Convert.FromHexString(digits) is var key && Secp256k1.IsPrivateKey(key) ? key : null;
    }

    private Result<WalletRecord> Insert(IWriteSession session, WalletRecord wallet, RequestContext context, bool imported)
    {
        if (store.HasAddress(session, wallet.Tenant, wallet.Address))
        {
            return new Refusal(ChainErrors.WalletExists, $"Address {wallet.Address} is already managed.");
        }

        store.InsertWallet(session, wallet);
        var facts = new JsonObject { ["walletId"] = wallet.Id.Text, ["address"] = wallet.Address, ["namespace"] = wallet.Namespace, ["imported"] = imported };
        session.Append(new AuditDraft
        {
            Tenant = wallet.Tenant,
            Action = "wallets.created",
            Actor = context.Caller.Credential,
            Subject = wallet.Id.Text,
            RequestId = context.RequestId,
            Payload = (JsonObject)facts.DeepClone(),
        });
        session.Append(events.Create(wallet.Tenant, session.Now, new GatewayEvent
        {
            Type = "q.gateway.wallets.created.v1",
            Subject = wallet.Id.Text,
            PartitionKey = wallet.Id.Text,
            Data = facts,
            TraceParent = context.TraceParent,
        }));
        return wallet;
    }
}
