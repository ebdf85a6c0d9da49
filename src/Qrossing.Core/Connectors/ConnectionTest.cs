using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors;

/// <summary>What a test of a connection found.</summary>
/// <param name="Connection">How the connection stands after it.</param>
/// <param name="Peer">The peer, when it answered as it should.</param>
/// <param name="Fault">What is wrong; its peer text is for the audit log only.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ConnectionTest(ConnectionView Connection, PeerHealth? Peer, Fault? Fault, TimeSpan Duration);
