namespace Qrossing.Core.Effects;

/// <summary>A final HTTP answer, stored once and replayed as it is.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Location">Location header; null when there is none.</param>
/// <param name="Body">The body.</param>
public sealed record StoredAnswer(int Status, string ContentType, string? Location, ReadOnlyMemory<byte> Body);
