using System.Collections.Concurrent;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects.Running;

/// <summary>
/// Shut after a restore from a backup: nothing is sent or repeated before every effect that was open in the backup has been looked up at its peer,
/// since what happened after the backup is not in it (effects, Growth and restore). Open otherwise.
/// </summary>
internal sealed class SendingGate
{
    private readonly ConcurrentDictionary<EffectId, byte> _lookedUp = new();
    private DateTimeOffset? _restoredAt;

    /// <summary>Whether calls that change something may leave.</summary>
    public bool IsOpen => _restoredAt is null;

    /// <summary>Shuts the gate.</summary>
    public void Shut(DateTimeOffset restoredAt) => _restoredAt = restoredAt;

    /// <summary>Whether an effect recorded then is one of the backup: its row may say less than has happened.</summary>
    public bool Doubts(DateTimeOffset createdAt) => _restoredAt is { } restoredAt && createdAt <= restoredAt;

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
        _restoredAt = null;
        _lookedUp.Clear();
    }
}
