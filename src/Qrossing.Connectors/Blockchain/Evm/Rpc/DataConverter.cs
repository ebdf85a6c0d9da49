using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Formats.Ethereum;

namespace Qrossing.Connectors.Blockchain.Evm.Rpc;

/// <summary>"DATA" of the execution API: 0x and two digits a byte.</summary>
internal sealed class DataConverter : JsonConverter<byte[]>
{
    /// <inheritdoc/>
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Hex.TryDecode(reader.GetString(), out var bytes)
            ? bytes
            : throw new JsonException("Data is due.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteStringValue(Hex.Encode(value));
}
