namespace Qrossing.Benchmarks.Profiles;

/// <summary>How the profiles run.</summary>
internal sealed record ProfileOptions
{
    /// <summary>The published gateway, a <c>Qrossing.dll</c>.</summary>
    public required string Gateway { get; init; }

    /// <summary>The size of the figures: the whole object, all stored effects, longer runs.</summary>
    public bool IsFull { get; init; }

    /// <summary>Before anything is counted: tiered PGO makes a .NET server's first 15 to 20 s read two to three times as dear as it is.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(IsFull ? 25 : 20);

    /// <summary>One turn of an interleaved run.</summary>
    public TimeSpan Turn => TimeSpan.FromSeconds(5);

    /// <summary>Turns of each side.</summary>
    public int Turns => IsFull ? 6 : 3;
}
