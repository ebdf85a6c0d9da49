namespace Qrossing.Core.Connectors;

/// <summary>One operation's circuit.</summary>
/// <param name="Operation">The capability's operation.</param>
/// <param name="State"><c>closed</c>, <c>open</c> or <c>half_open</c>.</param>
/// <param name="Since">When it came into this state.</param>
public sealed record CircuitView(string Operation, string State, DateTimeOffset Since);
