namespace Qrossing.Abstractions.Connectors;

/// <summary>The most sensitive class of data that a connector hands to its peer.</summary>
public enum DataClass
{
    /// <summary>Data anyone may see.</summary>
    Public,

    /// <summary>Identifiers that lead to a person only with further knowledge (addresses, hashes).</summary>
    Pseudonymous,

    /// <summary>Data about a person.</summary>
    Personal,

    /// <summary>Whatever the caller puts in; the gateway cannot know.</summary>
    CallerDefined,
}
