using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qrossing.Simulators.Modules;

/// <summary>Timestamps as the modules write them: UTC, milliseconds, <c>Z</c>.</summary>
internal sealed class MillisecondTimestampConverter : JsonConverter<DateTimeOffset>
{
    public static string Format(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));
}
