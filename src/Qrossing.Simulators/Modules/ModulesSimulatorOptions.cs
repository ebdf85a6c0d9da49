namespace Qrossing.Simulators.Modules;

/// <summary>How one module simulator runs. Read once, at start.</summary>
public sealed record ModulesSimulatorOptions
{
    /// <summary>Where to listen: <c>http://127.0.0.1:PORT</c> or <c>http://[::1]:PORT</c>, nothing else. Port 0 takes a free port. Default <c>http://127.0.0.1:0</c>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Folder of the journals, one per module; made when missing. One simulator at a time may use it.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Fault rules to start with (a JSON array, see the room's README); none by default.</summary>
    public string? FaultsFile { get; init; }

    /// <summary>The clock of timestamps, expiries, signature windows and delays. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
