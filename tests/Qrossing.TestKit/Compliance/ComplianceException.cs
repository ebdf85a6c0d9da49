namespace Qrossing.TestKit.Compliance;

/// <summary>A connector does not keep a rule; the message says which and how.</summary>
public sealed class ComplianceException(string message) : Exception(message);
