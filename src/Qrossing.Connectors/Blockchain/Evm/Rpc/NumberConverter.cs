using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Formats.Ethereum;

namespace Qrossing.Connectors.Blockchain.Evm.Rpc;

/// <summary>"QUANTITY" of the execution API for what is counted: heights, nonces, gas, seconds. Below 2^63.</summary>
internal sealed class NumberConverter : JsonConverter<long>
{
    /// <inheritdoc/>
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && HexQuantity.TryParse(reader.GetString(), out ulong value) && value <= long.MaxValue
            ? (long)value
            : throw new JsonException("A quantity below 2^63 is due.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteStringValue(HexQuantity.Format((ulong)value));
}
