using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Modules;

/// <summary>Writes index records into Qindex.</summary>
public interface IDeliversToModule
{
    /// <summary>Whether this instance's module keeps the index, so that stored objects are recorded there. Pure.</summary>
    bool KeepsIndex { get; }

    /// <summary>How long after the last possible sending the module may still carry a write out; null: the host's own safe value. Pure.</summary>
    TimeSpan? AbsenceHorizon { get; }

    /// <summary>Writes one record under a key of its own. Qindex adds a version on every put, so the key is the natural key and is looked up before a repeat.</summary>
    [Repeats(PeerIdempotency.Natural, AbsenceHorizonMilliseconds = 60_000)]
    ValueTask<ConnectorResult<IndexReceipt>> PutIndexRecordAsync(IndexRecord record, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>The lookup twin: <c>GET /qindex/get/{key}</c>.</summary>
    ValueTask<ConnectorResult<Lookup<IndexReceipt>>> LookUpIndexRecordAsync(IndexRecord record, ConnectorCall call, CancellationToken cancellationToken);
}
