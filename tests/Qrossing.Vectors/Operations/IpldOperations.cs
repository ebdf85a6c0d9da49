using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Formats.Ipld;

namespace Qrossing.Vectors.Operations;

/// <summary>Operations of the Ipld room.</summary>
public static class IpldOperations
{
    public static IReadOnlyDictionary<string, Func<JsonElement, JsonObject>> All { get; } =
        new Dictionary<string, Func<JsonElement, JsonObject>>
        {
            ["multibase.decode"] = DecodeMultibase,
            ["multihash.encode"] = EncodeMultihash,
            ["car.verify"] = VerifyCar,
        };

    private static JsonObject DecodeMultibase(JsonElement input) =>
        Multibase.TryDecode(VectorInput.Text(input, "text"), out var bytes)
            ? new JsonObject { ["hex"] = Convert.ToHexStringLower(bytes) }
            : throw new VectorRefusedException("not a multibase text");

    private static JsonObject EncodeMultihash(JsonElement input)
    {
        // The suite calls SHA3-512 by the name it had before the other lengths were registered.
        var name = VectorInput.Text(input, "alg") is "sha3" ? "sha3-512" : VectorInput.Text(input, "alg");
        var content = Encoding.UTF8.GetBytes(VectorInput.Text(input, "utf8"));
        return MultihashFunction.TryFind(name, out var function) && Multihash.TryOf(function, content, out var multihash)
            ? new JsonObject { ["hex"] = Convert.ToHexStringLower(multihash.ToBytes()) }
            : throw new VectorRefusedException($"no multihash '{name}' of this content");
    }

    private static JsonObject VerifyCar(JsonElement input)
    {
        var buffer = new ReadOnlySequence<byte>(VectorInput.Base64(input, "base64"));
        var parser = new CarParser();
        while (true)
        {
            switch (parser.Next(ref buffer, isFinal: true))
            {
                case CarStep.Refused refused:
                    throw new VectorRefusedException(refused.Reason);
                case CarStep.End:
                    return [];
            }
        }
    }
}
