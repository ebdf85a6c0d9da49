using System.ComponentModel.DataAnnotations;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Tests.Core.Connectors;

internal sealed record PeerAccount
{
    [Required]
    [StringLength(8)]
    public required string Name { get; init; }

    public SecretRef? Password { get; init; }

    public Uri? Callback { get; init; }
}
