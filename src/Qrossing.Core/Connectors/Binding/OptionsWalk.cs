using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Qrossing.Formats.Json;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>Finds the values of one .NET type in options given as JSON: secrets to seal or hide, URLs to check.</summary>
internal static class OptionsWalk
{
    /// <summary>Replaces every present value that stands for a <typeparamref name="T"/> by what <paramref name="replace"/> makes of it. The tree is changed in place.</summary>
    /// <param name="json">The options.</param>
    /// <param name="options">Their record.</param>
    /// <param name="replace">Takes the value and its pointer below the options, for example <c>/apiKey</c>.</param>
    public static void Replace<T>(JsonObject json, Type options, Func<JsonNode, string, JsonNode?> replace) =>
        Visit<T>(json, OptionsJson.ShapeOf(options), "", replace);

    private static JsonNode? Visit<T>(JsonNode? json, JsonTypeInfo shape, string pointer, Func<JsonNode, string, JsonNode?> replace)
    {
        if (json is null)
        {
            return null;
        }

        if (shape.Type == typeof(T))
        {
            return replace(json, pointer);
        }

        switch (json, shape.Kind)
        {
            case (JsonObject members, JsonTypeInfoKind.Object):
                foreach (var property in shape.Properties.Where(property => members.ContainsKey(property.Name)))
                {
                    Put(members, property.Name, OptionsJson.ShapeOf(property.PropertyType));
                }

                break;
            case (JsonObject members, JsonTypeInfoKind.Dictionary) when shape.ElementType is { } element:
                foreach (var name in members.Select(member => member.Key).ToList())
                {
                    Put(members, name, OptionsJson.ShapeOf(element));
                }

                break;
            case (JsonArray items, JsonTypeInfoKind.Enumerable) when shape.ElementType is { } element:
                for (var i = 0; i < items.Count; i++)
                {
                    var old = items[i];
                    var item = Visit<T>(old, OptionsJson.ShapeOf(element), $"{pointer}/{i}", replace);
                    if (!ReferenceEquals(old, item))
                    {
                        items[i] = item;
                    }
                }

                break;
        }

        return json;

        void Put(JsonObject members, string name, JsonTypeInfo child)
        {
            var old = members[name];
            var value = Visit<T>(old, child, $"{pointer}/{JsonPointer.Escape(name)}", replace);
            if (!ReferenceEquals(old, value))
            {
                members[name] = value;
            }
        }
    }
}
