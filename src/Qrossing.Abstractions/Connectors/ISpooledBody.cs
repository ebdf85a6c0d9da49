namespace Qrossing.Abstractions.Connectors;

/// <summary>A request body that was received whole, hashed and synced before the effect was recorded, so that an attempt can be repeated.</summary>
public interface ISpooledBody
{
    /// <summary>The size in bytes.</summary>
    long Size { get; }

    /// <summary>A new stream from the first byte; null when the body was already taken over.</summary>
    ValueTask<Stream?> OpenAsync(CancellationToken cancellationToken);
}
