using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Formats.Ethereum;

namespace Qrossing.Connectors.Blockchain.Evm.Rpc;

/// <summary>A block's time: "QUANTITY" of seconds since 1970.</summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    private static readonly ulong Last = (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && HexQuantity.TryParse(reader.GetString(), out ulong seconds) && seconds <= Last
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : throw new JsonException("Seconds since 1970 are due.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(HexQuantity.Format((ulong)value.ToUnixTimeSeconds()));
}
