using System.Text.Json.Nodes;

namespace Qrossing.Commands.Demo;

/// <summary>Reads the simulator's account of what it really applied.</summary>
internal static class DemoState
{
    /// <summary>Applied Qindex puts by key.</summary>
    public static Dictionary<string, int> Puts(JsonNode state) =>
        state["modules"]?["qindex"]?["applied"]?["put"] is JsonObject puts
            ? puts.ToDictionary(entry => entry.Key, entry => entry.Value!.GetValue<int>())
            : [];
}
