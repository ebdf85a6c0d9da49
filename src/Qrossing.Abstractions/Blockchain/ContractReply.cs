using System.Text.Json.Nodes;

namespace Qrossing.Abstractions.Blockchain;

/// <summary>What a contract answered.</summary>
public sealed record ContractReply
{
    /// <summary>The raw return data, 0x and hex.</summary>
    public required string Data { get; init; }

    /// <summary>The values decoded by the signature's <c>returns</c>; null without it.</summary>
    public JsonArray? Values { get; init; }
}
