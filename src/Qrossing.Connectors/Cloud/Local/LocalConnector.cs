using Qrossing.Abstractions.Cloud;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Cloud.Local;

/// <summary>
/// The content-addressed store in the host's own directory. The digests of the chunks are written durably before the content takes
/// its name, so that content never exists without what proves it; whatever is there was therefore complete once.
/// </summary>
[Connector(
    "cloud.local",
    Summary = "Keeps objects on this machine's disk under their content id and verifies every byte it reads back.",
    Stability = Stability.Alpha,
    Options = typeof(LocalOptions),
    Data = DataClass.CallerDefined)]
internal sealed class LocalConnector : IStoresObjects, IProbes
{
    public LocalConnector(LocalOptions options) => ArgumentNullException.ThrowIfNull(options);

    /// <inheritdoc/>
    /// <remarks>
    /// (1) The digests must prove the CID. (2) Content that is there is checked byte for byte and left alone. (3) Digests, durably.
    /// (4) The spooled body takes its name by rename. A stop after any step leaves a state from which a repeat ends well.
    /// </remarks>
    public async ValueTask<ConnectorResult<StoredObject>> PutObjectAsync(PutObject request, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (LocalWire.CanonicalCid(request.Cid) is not { } cid)
        {
            return LocalFaults.CidInvalid;
        }

        if (request.Body.Size != request.Size || !LocalWire.Proves(request.LeafDigests.Span, request.Size, cid))
        {
            return LocalFaults.CidMismatch;
        }

        try
        {
            if (await call.Files.SizeAsync(LocalWire.BlobName(cid), cancellationToken) is { } existing)
            {
                if (existing == request.Size && await IsIntactAsync(cid, request, call.Files, cancellationToken))
                {
                    return await EnsureLeavesAsync(cid, request, call.Files, cancellationToken);
                }

                // What is there is damaged. It gives way only to bytes that are at hand.
                if (!await HasBodyAsync(request, cancellationToken))
                {
                    return LocalFaults.Corrupt;
                }

                await call.Files.DeleteAsync(LocalWire.BlobName(cid), cancellationToken);
            }
            else if (!await HasBodyAsync(request, cancellationToken))
            {
                return LocalFaults.BodyGone;
            }

            return await StoreAsync(cid, request, call.Files, cancellationToken);
        }
        catch (IOException failure)
        {
            return LocalFaults.Of(failure);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Proves by the digests that the content was stored whole; its bytes are verified when they are read.</remarks>
    public async ValueTask<ConnectorResult<Lookup<StoredObject>>> LookUpObjectAsync(string cid, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (LocalWire.CanonicalCid(cid) is not { } canonical)
        {
            return LocalFaults.CidInvalid;
        }

        try
        {
            if (await call.Files.SizeAsync(LocalWire.BlobName(canonical), cancellationToken) is not { } size)
            {
                return new Lookup<StoredObject>.DefinitelyAbsent();
            }

            return await ReadLeavesAsync(canonical, size, call.Files, cancellationToken) is null
                ? new Lookup<StoredObject>.CannotTell("The stored content does not match its content id.")
                : new Lookup<StoredObject>.Found(new StoredObject { Cid = canonical, Size = size });
        }
        catch (IOException failure)
        {
            return LocalFaults.Of(failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<ObjectContent>> GetObjectAsync(GetObject request, ConnectorCall call, CancellationToken cancellationToken)
    {
        if (LocalWire.CanonicalCid(request.Cid) is not { } cid)
        {
            return LocalFaults.CidInvalid;
        }

        try
        {
            if (await call.Files.SizeAsync(LocalWire.BlobName(cid), cancellationToken) is not { } size)
            {
                return LocalFaults.NotFound;
            }

            if (request.Offset < 0 || request.Offset > size || request.Length < 0)
            {
                return LocalFaults.RangeInvalid;
            }

            if (await ReadLeavesAsync(cid, size, call.Files, cancellationToken) is not { } leaves)
            {
                return LocalFaults.Corrupt;
            }

            if (await call.Files.OpenReadAsync(LocalWire.BlobName(cid), cancellationToken) is not { } blob)
            {
                return LocalFaults.NotFound;
            }

            var end = request.Offset + Math.Min(request.Length ?? long.MaxValue, size - request.Offset);
            return new ObjectContent { Body = new VerifiedContent(blob, leaves, request.Offset, end), Size = size };
        }
        catch (IOException failure)
        {
            return LocalFaults.Of(failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<PeerHealth>> ProbeAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        try
        {
            await using var names = call.Files.ListAsync(LocalWire.Blobs, after: null, cancellationToken).GetAsyncEnumerator(cancellationToken);
            var any = await names.MoveNextAsync();
            return new PeerHealth { Peer = "cloud.local/1", Facts = new Dictionary<string, string> { ["empty"] = any ? "false" : "true" } };
        }
        catch (IOException failure)
        {
            return LocalFaults.Of(failure);
        }
    }

    private static async ValueTask<ConnectorResult<StoredObject>> StoreAsync(string cid, PutObject request, IConnectorFiles files, CancellationToken cancellationToken)
    {
        var written = await files.ReplaceAsync(LocalWire.LeavesName(cid), request.LeafDigests, cancellationToken);
        if (!written.IsSuccess)
        {
            return written.Fault;
        }

        var adopted = await files.AdoptAsync(request.Body, LocalWire.BlobName(cid), cancellationToken);
        return adopted.IsSuccess ? new StoredObject { Cid = cid, Size = request.Size } : adopted.Fault;
    }

    /// <summary>Content without its digests can only come from outside (a copied folder); they are at hand, so they are put back.</summary>
    private static async ValueTask<ConnectorResult<StoredObject>> EnsureLeavesAsync(string cid, PutObject request, IConnectorFiles files, CancellationToken cancellationToken)
    {
        if (await ReadLeavesAsync(cid, request.Size, files, cancellationToken) is null
            && await files.ReplaceAsync(LocalWire.LeavesName(cid), request.LeafDigests, cancellationToken) is { IsSuccess: false, Fault: var fault })
        {
            return fault;
        }

        return new StoredObject { Cid = cid, Size = request.Size };
    }

    /// <summary>Reads the whole content against the request's digests, which prove the CID.</summary>
    private static async ValueTask<bool> IsIntactAsync(string cid, PutObject request, IConnectorFiles files, CancellationToken cancellationToken)
    {
        if (await files.OpenReadAsync(LocalWire.BlobName(cid), cancellationToken) is not { } blob)
        {
            return false;
        }

        await using var content = new VerifiedContent(blob, request.LeafDigests, 0, request.Size);
        try
        {
            await content.CopyToAsync(Stream.Null, cancellationToken);
            return true;
        }
        catch (ContentCorruptException)
        {
            return false;
        }
    }

    private static async ValueTask<bool> HasBodyAsync(PutObject request, CancellationToken cancellationToken)
    {
        await using var body = await request.Body.OpenAsync(cancellationToken);
        return body is not null;
    }

    /// <summary>The stored digests, when they prove the CID for content of this size; null otherwise.</summary>
    private static async ValueTask<byte[]?> ReadLeavesAsync(string cid, long size, IConnectorFiles files, CancellationToken cancellationToken)
    {
        var name = LocalWire.LeavesName(cid);
        if (await files.SizeAsync(name, cancellationToken) is not { } length
            || length != Formats.Ipld.UnixFsLayout.LeafCount(size) * LocalWire.DigestBytes
            || await files.OpenReadAsync(name, cancellationToken) is not { } stream)
        {
            return null;
        }

        await using (stream)
        {
            var leaves = new byte[length];
            await stream.ReadExactlyAsync(leaves, cancellationToken);
            return LocalWire.Proves(leaves, size, cid) ? leaves : null;
        }
    }
}
