namespace Qrossing.TestKit.Processes;

/// <summary>How a <see cref="GatewayProcess"/> is started.</summary>
public sealed record GatewayOptions
{
    /// <summary>The program, a <c>Qrossing.dll</c>. Default: the one of the running tests' own build configuration.</summary>
    public string? Program { get; init; }

    /// <summary>Command line. Default: <c>serve</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = ["serve"];

    /// <summary>Settings by their configuration key (<c>Egress:Allow:0</c>); passed as <c>QROSSING__Egress__Allow__0</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Further environment variables, by their own names.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The data directory. Default: a temporary folder of this process, removed at the end.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// Where the gateway is to kill itself: <c>point</c>, or <c>point:n</c> for the n-th time it passes there
    /// (<c>QROSSING_CRASH_AT</c>). Applies to one start: a restart runs without it unless it is set again.
    /// </summary>
    public string? CrashAt { get; init; }

    /// <summary>How long to wait for <c>/health/ready</c>. Default: 60 s, for a loaded machine.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>False returns as soon as the process runs: for starts that are expected to fail or to crash.</summary>
    public bool WaitUntilReady { get; init; } = true;
}
