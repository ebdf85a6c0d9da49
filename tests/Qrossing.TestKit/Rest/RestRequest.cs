namespace Qrossing.TestKit.Rest;

/// <summary>One request a <see cref="RestPeer"/> received with a valid credential, and what it did to it.</summary>
public sealed record RestRequest(string OperationId, string? IdempotencyKey, string Body, RestPeerFault Fault);
