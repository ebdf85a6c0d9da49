using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Qrossing.Formats.Signatures;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>
/// Decodes a signed transaction: 1. type and RLP, 2. fields, 3. chain, 4. rules, 5. signature and sender.
/// </summary>
internal static class TransactionDecoder
{
    // Below this byte an envelope of EIP-2718 begins, from here on an RLP list.
    private const byte FirstListByte = 0xC0;

    public static bool TryDecode(
        ReadOnlyMemory<byte> raw,
        BigInteger chainId,
        [NotNullWhen(true)] out SignedEthereumTransaction? transaction,
        out TransactionError error)
    {
        transaction = null;

        // 1. type and RLP
        if (!TryReadList(raw, out var type, out var items, out error))
        {
            return false;
        }

        // 2. fields
        var fields = new TransactionFields(items);
        var unsigned = ReadUnsigned(type, fields);
        var v = fields.UInt256();
        var rs = ReadRs(fields);
        if (fields.Error != TransactionError.None)
        {
            error = fields.Error;
            return false;
        }

        // 3. chain
        error = ReadParity(ref unsigned, v, chainId, out var yParity);

        // 4. rules
        error = error == TransactionError.None ? TransactionRules.Check(unsigned) : error;
        if (error != TransactionError.None)
        {
            return false;
        }

        // 5. signature and sender
        if (!Secp256k1.IsLowS(rs) || !Secp256k1.TryRecover(unsigned.SigningHash(), rs, yParity, out var publicKey))
        {
            error = TransactionError.InvalidSignature;
            return false;
        }

        transaction = new SignedEthereumTransaction(unsigned, new TransactionSignature(rs, yParity), raw, EthereumAddress.FromPublicKey(publicKey));
        return true;
    }

    private static bool TryReadList(ReadOnlyMemory<byte> raw, out TransactionType type, out IReadOnlyList<RlpItem> items, out TransactionError error)
    {
        type = TransactionType.Legacy;
        items = [];
        error = TransactionError.MalformedEncoding;
        if (raw.IsEmpty)
        {
            return false;
        }

        if (raw.Span[0] < FirstListByte)
        {
            type = (TransactionType)raw.Span[0];
            raw = raw[1..];
            if (type == TransactionType.Legacy)
            {
                // EIP-2718 reserves the envelope 0x00; a legacy transaction has none.
                error = TransactionError.UnsupportedType;
                return false;
            }
        }

        if (FieldCount(type) is not { } count)
        {
            error = TransactionError.UnsupportedType;
            return false;
        }

        if (!Rlp.TryDecode(raw, out var item, out _) || !item.IsList || item.Items.Count != count)
        {
            return false;
        }

        items = item.Items;
        error = TransactionError.None;
        return true;
    }

    private static int? FieldCount(TransactionType type) => type switch
    {
        TransactionType.Legacy => 9,
        TransactionType.AccessList => 11,
        TransactionType.DynamicFee => 12,
        TransactionType.Blob => 14,
        _ => null,
    };

    // Object initialisers run in the order they are written, which is the order of the fields.
    private static EthereumTransaction ReadUnsigned(TransactionType type, TransactionFields fields) => type switch
    {
        TransactionType.AccessList => new AccessListTransaction
        {
            ChainId = fields.UInt256(),
            Nonce = fields.UInt64(),
            GasPrice = fields.UInt256(),
            GasLimit = fields.UInt64(),
            To = fields.Recipient(),
            Value = fields.UInt256(),
            Data = fields.Bytes(),
            AccessList = fields.AccessList(),
        },
        TransactionType.DynamicFee => new DynamicFeeTransaction
        {
            ChainId = fields.UInt256(),
            Nonce = fields.UInt64(),
            MaxPriorityFeePerGas = fields.UInt256(),
            MaxFeePerGas = fields.UInt256(),
            GasLimit = fields.UInt64(),
            To = fields.Recipient(),
            Value = fields.UInt256(),
            Data = fields.Bytes(),
            AccessList = fields.AccessList(),
        },
        TransactionType.Blob => new BlobTransaction
        {
            ChainId = fields.UInt256(),
            Nonce = fields.UInt64(),
            MaxPriorityFeePerGas = fields.UInt256(),
            MaxFeePerGas = fields.UInt256(),
            GasLimit = fields.UInt64(),
            To = fields.Recipient(),
            Value = fields.UInt256(),
            Data = fields.Bytes(),
            AccessList = fields.AccessList(),
            MaxFeePerBlobGas = fields.UInt256(),
            BlobVersionedHashes = fields.Hashes(),
        },
        _ => new LegacyTransaction
        {
            Nonce = fields.UInt64(),
            GasPrice = fields.UInt256(),
            GasLimit = fields.UInt64(),
            To = fields.Recipient(),
            Value = fields.UInt256(),
            Data = fields.Bytes(),
        },
    };

    private static byte[] ReadRs(TransactionFields fields)
    {
        var rs = new byte[TransactionSignature.RsLength];
        Write(fields.UInt256(), rs.AsSpan(0, 32));
        Write(fields.UInt256(), rs.AsSpan(32));
        return rs;
    }

    private static void Write(BigInteger scalar, Span<byte> destination) =>
        scalar.TryWriteBytes(destination[^scalar.GetByteCount(isUnsigned: true)..], out _, isUnsigned: true, isBigEndian: true);

    private static TransactionError ReadParity(ref EthereumTransaction transaction, BigInteger v, BigInteger expectedChain, out int yParity)
    {
        BigInteger? chainId;
        if (transaction is LegacyTransaction legacy)
        {
            if (!LegacyTransaction.TryReadV(v, out chainId, out yParity))
            {
                return TransactionError.InvalidSignature;
            }

            transaction = legacy with { ChainId = chainId };
        }
        else
        {
            yParity = v.IsOne ? 1 : 0;
            if (v > BigInteger.One)
            {
                return TransactionError.InvalidSignature;
            }

            chainId = ((TypedTransaction)transaction).ChainId;
        }

        return chainId is null || chainId == expectedChain ? TransactionError.None : TransactionError.WrongChain;
    }
}
