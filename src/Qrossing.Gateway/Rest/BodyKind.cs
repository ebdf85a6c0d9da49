namespace Qrossing.Gateway.Rest;

/// <summary>What body an endpoint takes.</summary>
internal enum BodyKind
{
    /// <summary>None; one that is sent is not read.</summary>
    None,

    /// <summary>Strict JSON, read whole before the handler runs.</summary>
    Json,

    /// <summary>Bytes, read by the handler.</summary>
    Raw,
}
