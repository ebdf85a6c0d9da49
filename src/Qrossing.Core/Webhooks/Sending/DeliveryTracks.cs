using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>All tracks of a lane: everything of its subscription that waits.</summary>
internal sealed class DeliveryTracks
{
    private readonly Dictionary<string, DeliveryTrack> _keyed = [];
    private readonly Dictionary<DeliveryId, DeliveryTrack> _single = [];

    /// <summary>How many deliveries wait.</summary>
    public int Waiting => All.Sum(track => track.Count);

    /// <summary>When the next one is due; null when nothing waits.</summary>
    public DateTimeOffset? NextDue => All.Min(track => (DateTimeOffset?)track.Due);

    private IEnumerable<DeliveryTrack> All => _keyed.Values.Concat(_single.Values);

    /// <summary>The track a delivery belongs to, made if need be.</summary>
    public DeliveryTrack Of(Delivery delivery)
    {
        if (delivery.PartitionKey is { } key)
        {
            return _keyed.TryGetValue(key, out var known) ? known : _keyed[key] = new DeliveryTrack();
        }

        return _single.TryGetValue(delivery.Id, out var single) ? single : _single[delivery.Id] = new DeliveryTrack();
    }

    /// <summary>Tracks whose head is due: those least tried first, since they say most about the endpoint; among equals the longest due.</summary>
    public IReadOnlyList<DeliveryTrack> TakeDue(DateTimeOffset now, int limit) =>
        [.. All.Where(track => track.Due <= now).OrderBy(track => track.Head.Delivery.Attempts).ThenBy(track => track.Due).ThenBy(track => track.Head.Delivery.Position).Take(limit)];

    /// <summary>Everything that changed since the last time; tracks that ran empty are dropped.</summary>
    public IReadOnlyList<Delivery> TakeChanges()
    {
        Delivery[] changes = [.. All.SelectMany(track => track.TakeChanges())];
        DropEmpty(_keyed);
        DropEmpty(_single);
        return changes;
    }

    /// <summary>Forgets everything; the database knows it.</summary>
    public void Clear()
    {
        _keyed.Clear();
        _single.Clear();
    }

    private static void DropEmpty<TKey>(Dictionary<TKey, DeliveryTrack> tracks)
        where TKey : notnull
    {
        foreach (var (key, _) in tracks.Where(entry => entry.Value.Count == 0).ToList())
        {
            tracks.Remove(key);
        }
    }
}
