using System.Reflection;
using System.Text.Json;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>Says whether two sets of options name different peers: properties with <see cref="NamesPeerAttribute"/>.</summary>
internal static class PeerNames
{
    /// <summary>The pointers below the options, for example <c>/baseUrl</c>, of what names another peer. A default counts like the same value written out.</summary>
    /// <param name="options">The options record.</param>
    /// <param name="before">As stored.</param>
    /// <param name="after">As they shall be; valid.</param>
    public static IReadOnlyList<string> Changed(Type options, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var named = options.GetProperties().Where(property => property.GetCustomAttribute<NamesPeerAttribute>() is not null).ToList();
        if (named.Count == 0)
        {
            return [];
        }

        var (old, next) = (Read(options, before), Read(options, after));
        return [.. named.Where(property => old is null || !IsSame(property, old, next!)).Select(property => $"/{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}")];
    }

    // What an earlier build stored and this one cannot read any more names nobody knows whom.
    private static object? Read(Type options, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return OptionsReader.Read(options, document.RootElement, "").Options;
    }

    private static bool IsSame(PropertyInfo property, object old, object next) => JsonElement.DeepEquals(Value(property, old), Value(property, next));

    private static JsonElement Value(PropertyInfo property, object options) =>
        JsonSerializer.SerializeToElement(property.GetValue(options), OptionsJson.ShapeOf(property.PropertyType));
}
