using System.Collections.Concurrent;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Persistence;

namespace Qrossing.ContractTests.Effects;

/// <summary>An operation whose peer is in this process: it remembers what was really applied, and behaves as the test says.</summary>
internal sealed class FakePeer : IEffectOperation
{
    /// <summary>What the next call of a send does; the default applies and says so.</summary>
    public ConcurrentQueue<Behaviour> Sends { get; } = new();

    /// <summary>What the next lookups do; the default tells the truth.</summary>
    public ConcurrentQueue<Behaviour> Lookups { get; } = new();

    /// <summary>How often each effect was applied.</summary>
    public ConcurrentDictionary<string, int> Applied { get; } = new();

    public EffectRules Rules { get; set; } = new() { Repeats = PeerIdempotency.Natural, AbsenceHorizon = TimeSpan.Zero, SendWindow = TimeSpan.FromMilliseconds(300) };

    public bool Local { get; set; } = true;

    /// <summary>Makes the unit of the next transitions to an outcome throw.</summary>
    public int BreaksUnits { get; set; }

    /// <summary>Whether the process knows this kind of effect at all.</summary>
    public bool Installed { get; set; } = true;

    /// <summary>While set, calls through the connection named <c>slow</c> end only with it.</summary>
    public Task? Hangs { get; set; }

    /// <summary>How often the peer was asked.</summary>
    public int Asked => _asked;

    private int _asked;

    public string Kind => "test.write";

    public bool PreparesLocally => Local;

    public EffectRules RulesFor(Effect effect) => Rules;

    public ValueTask<PrepareResult> PrepareAsync(Effect effect, CancellationToken cancellationToken) =>
        ValueTask.FromResult<PrepareResult>(new PrepareResult.Ready(null));

    public async ValueTask<Evidence> SendAsync(Effect effect, CancellationToken cancellationToken)
    {
        if (effect.Connection == "slow" && Hangs is { } hangs)
        {
            await hangs;
        }

        var behaviour = Sends.TryDequeue(out var told) ? told : Behaviour.Apply;
        if (behaviour is Behaviour.Apply or Behaviour.ApplyForNow or Behaviour.ApplyThenSilence or Behaviour.ApplyThenThrow)
        {
            Applied.AddOrUpdate(effect.Id.Text, 1, static (_, count) => count + 1);
        }

        await Task.Yield();
        return behaviour switch
        {
            Behaviour.Apply => new Evidence.Done(Finality.Final) { Result = "{\"ok\":true}"u8.ToArray() },
            Behaviour.Reject => Evidence.OfWrite(Fault.Of(FaultKind.Rejected, "test.rejected")),
            Behaviour.Unreachable => Evidence.OfWrite(Fault.Of(FaultKind.Unavailable, "peer.unreachable") with { RetryAfter = TimeSpan.FromMilliseconds(50) }),
            Behaviour.Unauthorized => Evidence.OfWrite(Fault.Of(FaultKind.Unauthorized, "peer.unauthorized")),
            Behaviour.ApplyThenThrow => throw new InvalidOperationException("a bug in the connector"),
            Behaviour.Working => new Evidence.InProgress(),
            Behaviour.ApplyForNow => new Evidence.Done(Finality.Provisional) { Result = "{\"ok\":true}"u8.ToArray() },
            _ => Evidence.OfWrite(Fault.Of(FaultKind.Indeterminate, "peer.timeout")),
        };
    }

    public ValueTask<Evidence> LookUpAsync(Effect effect, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        var behaviour = Lookups.TryDequeue(out var told) ? told : Behaviour.Truth;
        return ValueTask.FromResult<Evidence>(behaviour switch
        {
            Behaviour.Silence => new Evidence.CannotTell("peer.timeout"),
            Behaviour.Unreachable => Evidence.OfLookup(Fault.Of(FaultKind.Unavailable, "peer.unreachable")),
            Behaviour.Forgotten => new Evidence.Absent(),
            _ => Applied.ContainsKey(effect.Id.Text) ? new Evidence.Done(Finality.Final) { Result = "{\"ok\":true}"u8.ToArray() } : new Evidence.Absent(),
        });
    }

    public void OnTransition(EffectChange change, IWriteSession session)
    {
        if (change.After.State.Ended && BreaksUnits > 0)
        {
            BreaksUnits--;
            throw new InvalidOperationException("a bug in the operation");
        }
    }

    public StoredAnswer Answer(Effect effect) => new(201, "application/json", null, effect.Result ?? "{}"u8.ToArray());
}

internal enum Behaviour
{
    Truth,
    Apply,
    ApplyForNow,
    ApplyThenSilence,
    ApplyThenThrow,
    Silence,
    Reject,
    Unreachable,
    Unauthorized,
    Working,
    Forgotten,
}
