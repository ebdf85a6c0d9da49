using System.ComponentModel.DataAnnotations;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Tests.Core.Connectors;

/// <summary>Settings with one member of every sort.</summary>
internal sealed record PeerOptions : IValidatableObject
{
    /// <summary>Where the peer is. A second sentence about <c>http</c> and <see cref="Retries"/>.</summary>
    [NamesPeer]
    public required Uri BaseUrl { get; init; }

    public SecretRef? ApiKey { get; init; }

    [Range(1, 10)]
    public int Retries { get; init; } = 3;

    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(30);

    [NamesPeer]
    public PeerMode Mode { get; init; } = PeerMode.ReadOnly;

    [RegularExpression("[a-z]{2,8}", MatchTimeoutInMilliseconds = 1000)]
    public string? Label { get; init; }

    public IReadOnlyList<PeerAccount> Accounts { get; init; } = [];

    public IReadOnlyDictionary<string, SecretRef> Tokens { get; init; } = new Dictionary<string, SecretRef>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == PeerMode.ReadWrite && ApiKey is null)
        {
            yield return new ValidationResult("apiKey is required to write.", [nameof(ApiKey)]);
        }
    }
}
