namespace Qrossing.Abstractions.Connectors;

/// <summary>
/// On a property of an options record: its value says which peer, or which part of it, the connection speaks to. While effects through the connection
/// are not at rest it cannot be changed: a lookup elsewhere would find nothing and call a write that happened absent.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamesPeerAttribute : Attribute;
