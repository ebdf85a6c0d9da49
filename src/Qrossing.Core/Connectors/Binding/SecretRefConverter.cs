using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>A secret's place as text.</summary>
internal sealed class SecretRefConverter : JsonConverter<SecretRef>
{
    /// <summary>What an operator is told.</summary>
    public const string Expected = "A secret is expected: 'env:NAME', 'file:PATH' or, over the API, the secret itself.";

    /// <inheritdoc/>
    public override SecretRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } text
            ? new SecretRef(text)
            : throw new JsonException(Expected);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SecretRef value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
