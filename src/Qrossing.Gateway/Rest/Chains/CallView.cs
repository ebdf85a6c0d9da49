using System.Text.Json.Nodes;
using Qrossing.Abstractions.Blockchain;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary>What a contract answered.</summary>
internal sealed record CallView
{
    /// <summary>The raw return data, 0x and hex.</summary>
    public required string Data { get; init; }

    /// <summary>The values by the signature's <c>returns</c>; absent without it.</summary>
    public JsonArray? Values { get; init; }

    /// <summary>The view of a reply.</summary>
    public static CallView Of(ContractReply reply) => new() { Data = reply.Data, Values = reply.Values };
}
