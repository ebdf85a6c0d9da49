using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Vectors.Operations;

/// <summary>Every operation by name. A room of Formats adds its table with one line; a name given twice stops the start.</summary>
internal static class OperationTable
{
    private static readonly FrozenDictionary<string, Func<JsonElement, JsonObject>> Operations =
        new[]
        {
            AbiOperations.All,
            EthereumOperations.All,
            IpldOperations.All,
            JsonOperations.All,
            SignatureOperations.All,
            StructuredFieldsOperations.All,
        }
        .SelectMany(room => room)
        .Aggregate(new Dictionary<string, Func<JsonElement, JsonObject>>(), (all, operation) =>
        {
            all.Add(operation.Key, operation.Value);
            return all;
        })
        .ToFrozenDictionary();

    public static Func<JsonElement, JsonObject>? Find(string operation) => Operations.GetValueOrDefault(operation);
}
