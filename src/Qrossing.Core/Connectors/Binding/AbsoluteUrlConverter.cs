using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Core.Connectors.Egress;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>Absolute URLs with a host and without credentials, which belong into a secret.</summary>
internal sealed class AbsoluteUrlConverter : JsonConverter<Uri>
{
    /// <summary>What an operator is told.</summary>
    public const string Expected = "An absolute URL with a host and without user name and password is expected, for example 'https://peer.example/path'.";

    /// <inheritdoc/>
    public override Uri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0 && url.UserInfo.Length == 0
            ? HostForm.Wrong(url) is { } wrong ? throw new JsonException(wrong) : url
            : throw new JsonException(Expected);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options) => writer.WriteStringValue(value.OriginalString);
}
