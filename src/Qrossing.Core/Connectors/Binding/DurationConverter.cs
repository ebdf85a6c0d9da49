using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>Durations as ISO 8601 (<c>PT30S</c>) or clock text (<c>00:00:30</c>). Bare numbers are refused: nobody can tell their unit.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    /// <summary>What an operator is told.</summary>
    public const string Expected = "A duration is expected: ISO 8601 text such as 'PT30S', or 'hh:mm:ss'.";

    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        return TryParse(text, out var duration)
            ? duration
            : throw new JsonException(Expected);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(XmlConvert.ToString(value));

    private static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);
        }

        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception notDuration) when (notDuration is FormatException or OverflowException)
        {
            return false;
        }
    }
}
