namespace Qrossing.Sdk.Objects;

/// <summary>How an object is stored.</summary>
public sealed record ObjectUpload
{
    /// <summary>Media type. Default <c>application/octet-stream</c>.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>A name of the caller's own, slashes allowed; a newer object of the same key takes it over. Default none.</summary>
    public string? Key { get; init; }

    /// <summary>The connection that stores it. Default: the gateway's own store.</summary>
    public string? Connection { get; init; }
}
