using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Cloud;

/// <summary>Keeps bytes under their content id.</summary>
public interface IStoresObjects
{
    /// <summary>Stores the content durably. Storing what is already there changes nothing.</summary>
    [Repeats(PeerIdempotency.Content, AbsenceHorizonMilliseconds = 0)]
    ValueTask<ConnectorResult<StoredObject>> PutObjectAsync(PutObject request, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>The lookup twin of <see cref="PutObjectAsync"/>.</summary>
    ValueTask<ConnectorResult<Lookup<StoredObject>>> LookUpObjectAsync(string cid, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>Reads content; every chunk is verified against the content id before its bytes are handed out, and a mismatch throws <see cref="ContentCorruptException"/> from the stream.</summary>
    ValueTask<ConnectorResult<ObjectContent>> GetObjectAsync(GetObject request, ConnectorCall call, CancellationToken cancellationToken);
}
