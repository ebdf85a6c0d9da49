namespace Qrossing.Abstractions.Cloud;

/// <summary>Content being read; dispose it.</summary>
public sealed class ObjectContent : IAsyncDisposable
{
    /// <summary>Verified bytes, from the offset asked for.</summary>
    public required Stream Body { get; init; }

    /// <summary>Bytes of the whole content.</summary>
    public required long Size { get; init; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
