namespace Qrossing.Abstractions.Connectors;

/// <summary>What the peer says when asked whether a write happened.</summary>
/// <typeparam name="T">What the write would have answered.</typeparam>
public abstract record Lookup<T>
{
    private Lookup()
    {
    }

    /// <summary>It happened, or is under way as <paramref name="Result"/> says.</summary>
    public sealed record Found(T Result) : Lookup<T>;

    /// <summary>The peer, asked authoritatively, does not know it. Counts only after the absence horizon.</summary>
    public sealed record DefinitelyAbsent : Lookup<T>;

    /// <summary>The natural key was used by something else: ours can never happen.</summary>
    public sealed record Superseded(string By) : Lookup<T>;

    /// <summary>The peer cannot say.</summary>
    public sealed record CannotTell(string Reason) : Lookup<T>;
}
