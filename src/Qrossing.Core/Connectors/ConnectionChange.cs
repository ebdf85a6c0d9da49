using System.Text.Json;

namespace Qrossing.Core.Connectors;

/// <summary>What is to change; null leaves as it is.</summary>
public sealed record ConnectionChange
{
    /// <summary>The new options as a whole. <c>{"secret":"sealed"}</c> in place of a secret keeps the stored one.</summary>
    public JsonElement? Options { get; init; }

    /// <summary><c>live</c> or <c>sandbox</c>.</summary>
    public string? Environment { get; init; }

    /// <summary>The version that the change was made from; another one refuses it.</summary>
    public long? ExpectedVersion { get; init; }
}
