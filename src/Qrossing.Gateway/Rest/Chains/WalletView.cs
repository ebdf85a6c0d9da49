using Qrossing.Core.Chains;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary>A managed wallet: a key that the gateway signs with and never shows.</summary>
internal sealed record WalletView
{
    /// <summary><c>wal_...</c></summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>CAIP-2 namespace the key is for.</summary>
    public required string Namespace { get; init; }

    /// <summary>The address.</summary>
    public required string Address { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The view of a wallet.</summary>
    public static WalletView Of(WalletRecord wallet) => new()
    {
        Id = wallet.Id.Text,
        Name = wallet.Name,
        Namespace = wallet.Namespace,
        Address = wallet.Address,
        CreatedAt = wallet.CreatedAt,
    };
}
