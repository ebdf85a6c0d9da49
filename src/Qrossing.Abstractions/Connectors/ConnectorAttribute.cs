namespace Qrossing.Abstractions.Connectors;

/// <summary>Makes a class a connector that the host finds by itself.</summary>
/// <param name="kind">The kind, <c>category.name</c> in <c>[a-z0-9_]</c>; frozen on release.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConnectorAttribute(string kind) : Attribute
{
    /// <summary>The kind, <c>category.name</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>One sentence: what the peer is and what the connector does with it.</summary>
    public required string Summary { get; init; }

    /// <summary>How far the connector has come. Default <see cref="Stability.Alpha"/>.</summary>
    public Stability Stability { get; init; } = Stability.Alpha;

    /// <summary>The options record; the connector's only constructor takes one.</summary>
    public required Type Options { get; init; }

    /// <summary>The most sensitive class of data it hands over.</summary>
    public DataClass Data { get; init; } = DataClass.CallerDefined;
}
