using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Abstractions.Blockchain;

namespace Qrossing.Core.Chains;

/// <summary>The recorded request of a <c>chains.transaction</c> effect.</summary>
internal sealed record TransactionRequest
{
    public required string TransactionId { get; init; }

    public required string WalletId { get; init; }

    public required string Chain { get; init; }

    public required string To { get; init; }

    /// <summary>Base units, digits.</summary>
    public required string Value { get; init; }

    /// <summary>Raw call data, 0x and hex.</summary>
    public string? Data { get; init; }

    /// <summary>Function to call instead of <see cref="Data"/>.</summary>
    public string? Function { get; init; }

    /// <summary>Its arguments.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>Null for a caller's own; <see cref="NonceGaps.Purpose"/> for the gateway's.</summary>
    public string? Purpose { get; init; }

    /// <summary>With <see cref="Purpose"/>: the one nonce it may have.</summary>
    public long? Nonce { get; init; }
}

/// <summary>The exact signed transaction: what is sent, and sent again unchanged.</summary>
internal sealed record PreparedTransaction
{
    /// <summary>Base64 of the signed encoding.</summary>
    public required byte[] Raw { get; init; }

    public required string Hash { get; init; }

    public required string From { get; init; }

    public required long Nonce { get; init; }

    /// <summary>The account's next nonce as the peer saw it when this was planned.</summary>
    public long? PeerNonce { get; init; }
}

/// <summary>JSON of this room.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TransactionRequest))]
[JsonSerializable(typeof(PreparedTransaction))]
[JsonSerializable(typeof(TransactionStatus))]
internal sealed partial class ChainsJson : JsonSerializerContext;
