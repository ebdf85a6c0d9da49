namespace Qrossing.Gateway.Rest.Storage;

/// <summary>How a range is answered.</summary>
internal enum ByteRangeKind
{
    /// <summary>200 with everything.</summary>
    All,

    /// <summary>206 with a part.</summary>
    Part,

    /// <summary>416.</summary>
    Unsatisfiable,
}
