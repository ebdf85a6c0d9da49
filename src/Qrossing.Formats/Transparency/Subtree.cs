namespace Qrossing.Formats.Transparency;

/// <summary>A complete subtree: the leaves from <c>Index * 2^Level</c> up to <c>(Index + 1) * 2^Level</c>, the latter excluded.</summary>
public readonly record struct Subtree(int Level, long Index);
