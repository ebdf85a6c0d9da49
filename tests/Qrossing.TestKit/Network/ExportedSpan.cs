namespace Qrossing.TestKit.Network;

/// <summary>What a test needs to know of an exported span: ids in lower-case hex (no parent: empty), and the attributes whose value is text.</summary>
public sealed record ExportedSpan(
    string TraceId,
    string SpanId,
    string ParentSpanId,
    string Name,
    IReadOnlyDictionary<string, string> Attributes);
