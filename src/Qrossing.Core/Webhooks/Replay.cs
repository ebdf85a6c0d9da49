namespace Qrossing.Core.Webhooks;

/// <summary>What a replay put back to be sent.</summary>
/// <param name="From">First position, included.</param>
/// <param name="To">Last position, included.</param>
/// <param name="Deliveries">How many deliveries wait again.</param>
public sealed record Replay(long From, long To, int Deliveries);
