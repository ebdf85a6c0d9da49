using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>How connectors' options read and write as JSON.</summary>
internal static class OptionsJson
{
    /// <summary>Strict: unknown, repeated, missing and null members are errors.</summary>
    public static readonly JsonSerializerOptions Settings = Make();

    /// <summary>The shape of an options type.</summary>
    public static JsonTypeInfo ShapeOf(Type type) => Settings.GetTypeInfo(type);

    private static JsonSerializerOptions Make()
    {
        var settings = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DictionaryKeyPolicy = null,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
                new DurationConverter(),
                new SecretRefConverter(),
                new AbsoluteUrlConverter(),
            },
        };
        settings.MakeReadOnly();
        return settings;
    }
}
