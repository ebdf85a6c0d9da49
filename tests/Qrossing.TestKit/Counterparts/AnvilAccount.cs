namespace Qrossing.TestKit.Counterparts;

/// <summary>A funded development account.</summary>
/// <param name="Address">Checksummed (EIP-55).</param>
/// <param name="PrivateKey">0x and 64 hex digits.</param>
public sealed record AnvilAccount(string Address, string PrivateKey);
