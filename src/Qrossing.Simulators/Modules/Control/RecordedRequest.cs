namespace Qrossing.Simulators.Modules.Control;

/// <summary>One module request as it arrived. A null status means that nothing was answered (yet).</summary>
internal sealed class RecordedRequest
{
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Module { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Query { get; init; }

    public required Dictionary<string, string> Headers { get; init; }

    public string? Fault { get; init; }

    public int? Status { get; set; }
}
