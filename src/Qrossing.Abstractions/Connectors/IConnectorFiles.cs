namespace Qrossing.Abstractions.Connectors;

/// <summary>
/// The one directory that the host opened for a connector instance. Names are relative, <c>/</c>-separated, without <c>..</c>.
/// Every write is durable (file and directory synced) when its task completes; I/O errors such as a full disk come back as
/// faults of kind <see cref="FaultKind.Unavailable"/> with code <c>storage.full</c> or <c>storage.io</c>.
/// </summary>
public interface IConnectorFiles
{
    /// <summary>Opens a file for reading; null when there is none.</summary>
    ValueTask<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>The size in bytes; null when there is none.</summary>
    ValueTask<long?> SizeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a file as a whole: it is there completely or not at all, whatever happens.</summary>
    ValueTask<ConnectorResult<long>> ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Takes a spooled body over under <paramref name="name"/> by rename; true at once when the name already has that size.</summary>
    ValueTask<ConnectorResult<long>> AdoptAsync(ISpooledBody body, string name, CancellationToken cancellationToken);

    /// <summary>Names below a prefix, in ordinal order, after <paramref name="after"/>.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken);

    /// <summary>Deletes a file; false when there was none.</summary>
    ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
