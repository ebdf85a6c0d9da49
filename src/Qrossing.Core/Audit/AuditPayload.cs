using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Formats.Json;

namespace Qrossing.Core.Audit;

/// <summary>The hidden part of an entry: its salt and its exact bytes.</summary>
/// <param name="Salt">16 random bytes: without them the hash would betray a payload that can be guessed.</param>
/// <param name="Bytes">Canonical JSON.</param>
public sealed record AuditPayload(byte[] Salt, byte[] Bytes)
{
    /// <summary>Length of the salt.</summary>
    public const int SaltLength = 16;

    // A peer's evidence may be nested deeper than any body we take in.
    private const int MaxDepth = 1000;

    /// <summary>The payload of a draft under a new salt.</summary>
    internal static AuditPayload Of(JsonObject payload)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { MaxDepth = MaxDepth }))
        {
            payload.WriteTo(writer);
        }

        using var document = JsonDocument.Parse(output.WrittenMemory, new JsonDocumentOptions { MaxDepth = MaxDepth });
        return new AuditPayload(RandomNumberGenerator.GetBytes(SaltLength), Jcs.Canonicalize(document.RootElement));
    }

    /// <summary>What an entry commits to: SHA-256(salt || payload).</summary>
    public byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Salt);
        hash.AppendData(Bytes);
        return hash.GetHashAndReset();
    }

    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);
}
