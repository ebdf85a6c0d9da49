namespace Qrossing.TestKit.Rest;

/// <summary>An order at the <see cref="RestPeer"/>: the peer gives the id, the caller the reference, which is not unique by itself.</summary>
public sealed record RestOrder(string Id, string Reference, string Item, int Quantity, string Status);
