using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects.Running;

/// <summary>
/// Shut after a restore from a backup: nothing is sent or repeated before every effect that was open in the backup has been looked up at its peer,
/// since what happened after the backup is not in it (effects, Growth and restore). Open otherwise.
/// </summary>
internal sealed class SendingGate
{
    private readonly ConcurrentDictionary<EffectId, byte> _lookedUp = new();
    private StrongBox<DateTimeOffset>? _shut; // one reference, so that it is read whole

    /// <summary>Whether calls that change something may leave.</summary>
    public bool IsOpen => Volatile.Read(ref _shut) is null;

    /// <summary>When the database was restored; null while the gate is open.</summary>
    public DateTimeOffset? RestoredAt => Volatile.Read(ref _shut)?.Value;

    /// <summary>Shuts the gate.</summary>
    public void Shut(DateTimeOffset restoredAt) => Volatile.Write(ref _shut, new StrongBox<DateTimeOffset>(restoredAt));

    /// <summary>Whether an effect recorded then is one of the backup: its row may say less than has happened.</summary>
    public bool Doubts(DateTimeOffset createdAt) => RestoredAt is { } restoredAt && createdAt <= restoredAt;

    /// <summary>Told when the peer answered a lookup.</summary>
    public void LookedUp(EffectId id)
    {
        if (!IsOpen)
        {
            _lookedUp[id] = 0;
        }
    }

    /// <summary>Whether the peer was asked about it since the restore.</summary>
    public bool WasLookedUp(EffectId id) => _lookedUp.ContainsKey(id);

    /// <summary>Everything was looked up.</summary>
    public void Open()
    {
        Volatile.Write(ref _shut, null);
        _lookedUp.Clear();
    }
}
