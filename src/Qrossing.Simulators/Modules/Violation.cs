using System.Text.Json;

namespace Qrossing.Simulators.Modules;

/// <summary>One member of a request that breaks the contract; <paramref name="Value"/> is what was sent, if anything.</summary>
internal sealed record Violation(string Field, string Message, JsonElement? Value);
