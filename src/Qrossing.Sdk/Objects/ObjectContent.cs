namespace Qrossing.Sdk.Objects;

/// <summary>An object's content as it arrives. Dispose it: it holds a connection.</summary>
public sealed class ObjectContent : IDisposable, IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;

    internal ObjectContent(HttpResponseMessage answer, Stream body)
    {
        _answer = answer;
        Body = body;
    }

    /// <summary>The bytes. The gateway verifies them against the content id as it sends and cuts the connection when they differ, which shows as an <see cref="IOException"/> here.</summary>
    public Stream Body { get; }

    /// <summary>Media type.</summary>
    public string? ContentType => _answer.Content.Headers.ContentType?.ToString();

    /// <summary>Bytes to come; null when the gateway does not say.</summary>
    public long? Size => _answer.Content.Headers.ContentLength;

    /// <summary>Entity tag.</summary>
    public string? Etag => _answer.Headers.ETag?.ToString();

    /// <summary>Gives the connection back.</summary>
    public void Dispose()
    {
        Body.Dispose();
        _answer.Dispose();
    }

    /// <summary>Gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync();
        _answer.Dispose();
    }
}
