using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>
/// What waits of one partition key (or one event without key), oldest first. Only its head is sent, so nothing overtakes.
/// Keeps what changed since the last commit.
/// </summary>
internal sealed class DeliveryTrack
{
    private readonly Queue<DeliveryItem> _behind = new();
    private readonly Dictionary<DeliveryId, Delivery> _changes = [];
    private DeliveryItem? _head;

    /// <summary>How many wait.</summary>
    public int Count => _behind.Count + (_head is null ? 0 : 1);

    /// <summary>The oldest.</summary>
    public DeliveryItem Head => _head ?? throw new InvalidOperationException("The track is empty.");

    /// <summary>When the head is to be sent.</summary>
    public DateTimeOffset Due => Head.Delivery.NextAttemptAt ?? DateTimeOffset.MinValue;

    /// <summary>Adds one at the end that the database has.</summary>
    public void Load(Delivery delivery) => Enqueue(new DeliveryItem(delivery, null));

    /// <summary>Adds one at the end that the database has not. Behind another it has no time of its own.</summary>
    public void Add(DeliveryItem item)
    {
        var delivery = _head is null ? item.Delivery : item.Delivery with { NextAttemptAt = null };
        _changes[delivery.Id] = delivery;
        Enqueue(item with { Delivery = delivery });
    }

    /// <summary>The head has ended; the next one is due at once.</summary>
    public void End(Delivery ended)
    {
        _changes[ended.Id] = ended;
        _head = _behind.TryDequeue(out var next) ? next : null;
        if (_head is not null)
        {
            Postpone(next.Delivery with { NextAttemptAt = ended.UpdatedAt, UpdatedAt = ended.UpdatedAt });
        }
    }

    /// <summary>The head is to be sent at another time.</summary>
    public void Postpone(Delivery head)
    {
        _changes[head.Id] = head;
        _head = Head with { Delivery = head };
    }

    /// <summary>Hands out what changed since the last time.</summary>
    public IReadOnlyList<Delivery> TakeChanges()
    {
        Delivery[] changes = [.. _changes.Values];
        _changes.Clear();
        return changes;
    }

    private void Enqueue(DeliveryItem item)
    {
        if (_head is null)
        {
            _head = item;
        }
        else
        {
            _behind.Enqueue(item);
        }
    }
}
