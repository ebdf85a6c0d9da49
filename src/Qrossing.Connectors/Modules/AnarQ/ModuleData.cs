using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Qrossing.Connectors.Modules.AnarQ;

/// <summary>Reads payloads whose shape the peer may get wrong.</summary>
internal static class ModuleData
{
    public static bool TryRead<T>(JsonElement data, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        if (data.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        try
        {
            value = data.Deserialize(type);
        }
        catch (JsonException)
        {
            // Another shape than the contract's: the caller says what that means.
        }

        return value is not null;
    }

    public static bool TryRead<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        try
        {
            value = JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            // As above.
        }

        return value is not null;
    }
}
