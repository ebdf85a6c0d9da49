using System.Text.Json.Nodes;

namespace Qrossing.Simulators.Modules;

/// <summary>What a module answers. Written by <see cref="ModulePipeline"/> only, after the faults had their say.</summary>
internal sealed record ModuleAnswer(int Status, JsonNode Body)
{
    public int? RetryAfterSeconds { get; init; }
}
