namespace Qrossing.Commands.Scaffolding;

/// <summary>What a scaffold wrote, or why it wrote nothing.</summary>
internal sealed record ScaffoldOutcome
{
    private ScaffoldOutcome(IReadOnlyList<string> files, string? refusal) => (Files, Refusal) = (files, refusal);

    /// <summary>The files written, in order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>A sentence for the operator; null when it was done.</summary>
    public string? Refusal { get; }

    public static ScaffoldOutcome Done(IReadOnlyList<string> files) => new(files, null);

    public static ScaffoldOutcome Refused(string reason) => new([], reason);
}
