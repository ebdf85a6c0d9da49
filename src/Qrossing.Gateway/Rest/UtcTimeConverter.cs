using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Core;

namespace Qrossing.Gateway.Rest;

/// <summary>Times as answers write them: RFC 3339 in UTC with <c>Z</c>, microseconds at most, as events and receipts do.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(UtcTime.Text(value));
}
