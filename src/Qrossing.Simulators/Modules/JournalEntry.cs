using System.Text.Json;

namespace Qrossing.Simulators.Modules;

/// <summary>One change that took place: the operation, the key it is counted under, and the changed item as it is afterwards.</summary>
internal sealed record JournalEntry(string Op, string Key, DateTimeOffset At, JsonElement Data);
