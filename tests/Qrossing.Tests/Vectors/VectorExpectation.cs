using System.Text.Json.Nodes;

namespace Qrossing.Tests.Vectors;

/// <summary>When an answer meets a vector: same verdict, and every expected member equal.</summary>
internal static class VectorExpectation
{
    // The letter case of an address is its checksum.
    private const string ChecksummedMember = "address";

    public static bool IsMet(JsonNode expect, JsonNode answer)
    {
        if (expect["ok"]!.GetValue<bool>() != answer["ok"]?.GetValue<bool>())
        {
            return false;
        }

        return expect["out"] is not JsonObject members
            || members.All(member => AreEqual(member.Key, member.Value, answer["out"]?[member.Key]));
    }

    private static bool AreEqual(string name, JsonNode? expected, JsonNode? actual) =>
        JsonNode.DeepEquals(expected, actual)
        || (name != ChecksummedMember && HexOrNull(expected) is { } left && HexOrNull(actual) is { } right
            && string.Equals(left, right, StringComparison.OrdinalIgnoreCase));

    private static string? HexOrNull(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text)
        && (text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text).All(char.IsAsciiHexDigit)
            ? text
            : null;
}
