using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Formats.Signatures;

namespace Qrossing.Vectors.Operations;

/// <summary>Operations of the Signatures room: curves.</summary>
public static class SignatureOperations
{
    public static IReadOnlyDictionary<string, Func<JsonElement, JsonObject>> All { get; } =
        new Dictionary<string, Func<JsonElement, JsonObject>>
        {
            ["secp256k1.verifyDerLowS"] = input => Verified(Secp256k1.VerifyDerLowS(
                VectorInput.Hex(input, "pub"), SHA256.HashData(VectorInput.Hex(input, "msg")), VectorInput.Hex(input, "sig"))),
            ["bip340.verify"] = input => Verified(Bip340.Verify(
                VectorInput.Hex(input, "pub"), VectorInput.Hex(input, "msg"), VectorInput.Hex(input, "sig"))),
            ["ed25519.verify"] = input => Verified(Ed25519.Verify(
                VectorInput.Hex(input, "pub"), VectorInput.Hex(input, "msg"), VectorInput.Hex(input, "sig"))),
        };

    private static JsonObject Verified(bool valid) => valid ? [] : throw new VectorRefusedException("the signature is not valid");
}
