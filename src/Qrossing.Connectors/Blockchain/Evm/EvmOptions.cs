using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Numerics;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Blockchain.Evm;

/// <summary>One EVM chain behind one JSON-RPC endpoint. A change makes a new instance; calls under way end with the old one.</summary>
internal sealed record EvmOptions : IValidatableObject
{
    // EIP-2294: v of a legacy signature, 2 * chainId + 36, still fits 64 bits.
    private const string HighestChainId = "9223372036854775771";

    private const string WeiPattern = "(0|[1-9][0-9]{0,59})";

    /// <summary>The chain's id (EIP-155), 1 to 9,223,372,036,854,775,771. Required. Every call asks the endpoint for it and stops when the answer differs. Fixed while transactions are not at rest.</summary>
    [NamesPeer]
    [Range(typeof(long), "1", HighestChainId)]
    public required long ChainId { get; init; }

    /// <summary>The node's JSON-RPC over HTTP, <c>http</c> or <c>https</c>. Required. Another endpoint of the same chain may be set at any time. A key that the provider wants belongs into <see cref="Bearer"/> or <see cref="Headers"/>.</summary>
    [Required]
    public required Uri Endpoint { get; init; }

    /// <summary>Blocks, the transaction's own included, from which a transaction is final. 1 to 10,000; default 12.</summary>
    [Range(1, 10_000)]
    public int Confirmations { get; init; } = 12;

    /// <summary>The most wei per unit of gas that a transaction may offer, as digits. Default: no cap. While the chain asks for more, nothing is sent.</summary>
    [RegularExpression(WeiPattern, MatchTimeoutInMilliseconds = 1000, ErrorMessage = "maxFeePerGasCap is wei as digits.")]
    public string? MaxFeePerGasCap { get; init; }

    /// <summary>Wei per unit of gas for the block's proposer (EIP-1559), as digits. Default: the median of what the last ten blocks paid, else what the node suggests.</summary>
    [RegularExpression(WeiPattern, MatchTimeoutInMilliseconds = 1000, ErrorMessage = "priorityFee is wei as digits.")]
    public string? PriorityFee { get; init; }

    /// <summary>A token for <c>Authorization: Bearer</c> (RFC 6750 section 2.1). Default: none.</summary>
    public SecretRef? Bearer { get; init; }

    /// <summary>Further request headers by name, for providers that want their key there. Default: none.</summary>
    public IReadOnlyDictionary<string, SecretRef> Headers { get; init; } = new Dictionary<string, SecretRef>();

    /// <summary><see cref="MaxFeePerGasCap"/> as a number.</summary>
    internal BigInteger? FeeCap => Wei(MaxFeePerGasCap);

    /// <summary><see cref="PriorityFee"/> as a number.</summary>
    internal BigInteger? Tip => Wei(PriorityFee);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https", Fragment: "", UserInfo: "" })
        {
            yield return new ValidationResult("endpoint is an absolute http or https URL without fragment and credentials.", [nameof(Endpoint)]);
        }

        if (Tip > FeeCap)
        {
            yield return new ValidationResult("priorityFee is above maxFeePerGasCap.", [nameof(PriorityFee)]);
        }

        if (Bearer is not null && Headers.Keys.Contains("Authorization", StringComparer.OrdinalIgnoreCase))
        {
            yield return new ValidationResult("headers has an Authorization beside bearer.", [nameof(Headers)]);
        }

        using var probe = new HttpRequestMessage();
        foreach (var name in Headers.Keys.Where(name => !probe.Headers.TryAddWithoutValidation(name, "-")))
        {
            yield return new ValidationResult($"'{name}' cannot be a request header of its own.", [nameof(Headers)]);
        }
    }

    private static BigInteger? Wei(string? digits) => digits is null ? null : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
