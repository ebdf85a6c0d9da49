namespace Qrossing.Abstractions.Connectors;

/// <summary>How far a connector has come; its README says what is missing until <see cref="Stable"/>.</summary>
public enum Stability
{
    /// <summary>A first slice; options may still change.</summary>
    Alpha,

    /// <summary>Complete in use, minimum depth not yet shown by tests.</summary>
    Beta,

    /// <summary>The minimum depth of the product is shown by tests.</summary>
    Stable,
}
