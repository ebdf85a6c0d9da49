namespace Qrossing.Connectors;

/// <summary>Names this assembly to the host, which finds the connectors in it by their attribute.</summary>
public static class FirstPartyConnectors;
