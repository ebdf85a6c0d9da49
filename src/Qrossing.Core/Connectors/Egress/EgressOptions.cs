using System.ComponentModel.DataAnnotations;

namespace Qrossing.Core.Connectors.Egress;

/// <summary>What the gateway may call besides the public Internet. Section <c>Egress</c>; read at start.</summary>
public sealed record EgressOptions : IValidatableObject
{
    /// <summary>
    /// Exceptions from the refusal of special-purpose addresses: a host name, <c>host:port</c>, an address, <c>address:port</c>, or a CIDR block.
    /// A host name allows whatever it resolves to; an address or block allows every name that resolves into it. Default empty.
    /// </summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Allow.Where(static entry => !EgressRule.TryParse(entry, out _)).Select(static entry =>
            new ValidationResult($"'{entry}' is neither host, host:port, address, address:port nor CIDR block.", [nameof(Allow)]));
}
