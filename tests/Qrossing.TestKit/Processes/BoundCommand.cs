namespace Qrossing.TestKit.Processes;

/// <summary>What a <see cref="BoundProcess"/> runs.</summary>
/// <param name="File">Absolute path, or a name looked up in PATH.</param>
/// <param name="Arguments">Passed as they are, no shell in between.</param>
public sealed record BoundCommand(string File, params IReadOnlyList<string> Arguments)
{
    /// <summary>Variables set on top of our own; <see langword="null"/> removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>A folder removed when the command ends, even if this process is killed first.</summary>
    public string? Scratch { get; init; }

    /// <summary>Default: the system's temporary folder, so that nothing of the checkout is picked up by accident.</summary>
    public string? WorkingDirectory { get; init; }
}
