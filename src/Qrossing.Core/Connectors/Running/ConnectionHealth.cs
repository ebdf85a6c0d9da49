namespace Qrossing.Core.Connectors.Running;

/// <summary>What probes and calls last said about a peer. In memory: the next probe finds it out again.</summary>
internal sealed class ConnectionHealth(TimeProvider clock)
{
    private Mark _mark = new(ConnectionState.Ready, clock.GetUtcNow(), null);

    /// <summary>The last word.</summary>
    public Mark Current => Volatile.Read(ref _mark);

    /// <summary>Notes a state; true when it is another one than before.</summary>
    public bool Observe(ConnectionState state, string? because)
    {
        var before = Current;
        if (before.State == state && before.Because == because)
        {
            return false;
        }

        var since = before.State == state ? before.Since : clock.GetUtcNow();
        Volatile.Write(ref _mark, new Mark(state, since, because));
        return before.State != state;
    }

    /// <summary>A state with its beginning and reason.</summary>
    internal sealed record Mark(ConnectionState State, DateTimeOffset Since, string? Because);
}
