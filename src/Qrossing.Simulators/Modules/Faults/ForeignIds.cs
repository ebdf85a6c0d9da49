using System.Text.Json.Nodes;
using Qrossing.Simulators.Modules.Qerberos;

namespace Qrossing.Simulators.Modules.Faults;

/// <summary>Turns every id of an answer into a format that another module uses for the same thing: the disagreement the gateway has to survive.</summary>
internal static class ForeignIds
{
    /// <summary>UUIDs become <c>squid_</c> + 32 hex digits, <c>did:squid:x</c> becomes <c>squid_x</c>, a Qindex content id loses its prefix, a CID gets a URI scheme.</summary>
    public static JsonNode? Rewrite(JsonNode? node) => node switch
    {
        JsonObject value => new JsonObject(value.Select(member => KeyValuePair.Create(member.Key, Rewrite(member.Value)))),
        JsonArray value => new JsonArray([.. value.Select(Rewrite)]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(Rewrite(text)),
        _ => node?.DeepClone(),
    };

    private static string Rewrite(string text) => text switch
    {
        _ when Guid.TryParseExact(text, "D", out var id) => $"squid_{id:N}",
        _ when text.StartsWith("did:squid:", StringComparison.Ordinal) => $"squid_{text["did:squid:".Length..]}",
        _ when text.StartsWith("qindex_", StringComparison.Ordinal) => text["qindex_".Length..],
        _ when CidV0.Pattern().IsMatch(text) => $"ipfs://{text}",
        _ => text,
    };
}
