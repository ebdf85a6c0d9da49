using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Formats.Ethereum;

namespace Qrossing.Connectors.Blockchain.Evm.Rpc;

/// <summary>"QUANTITY" of the execution API, at most 256 bits.</summary>
internal sealed class QuantityConverter : JsonConverter<BigInteger>
{
    /// <inheritdoc/>
    public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && HexQuantity.TryParse(reader.GetString(), out BigInteger value)
            ? value
            : throw new JsonException("A quantity is due.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) => writer.WriteStringValue(HexQuantity.Format(value));
}
