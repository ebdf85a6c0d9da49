using Qrossing.Abstractions.Blockchain;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary>A native balance.</summary>
internal sealed record BalanceView
{
    /// <summary>The address as the chain writes it.</summary>
    public required string Address { get; init; }

    /// <summary>Base units, digits.</summary>
    public required string Balance { get; init; }

    /// <summary>The block it was read at.</summary>
    public required long Block { get; init; }

    /// <summary>The view of a balance.</summary>
    public static BalanceView Of(AccountBalance balance) => new() { Address = balance.Address, Balance = balance.Units.ToString(), Block = balance.Block };
}
