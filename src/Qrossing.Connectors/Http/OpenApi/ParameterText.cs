using System.Text.Json;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>Values as the default styles write them: <c>simple</c> for path and header, <c>form</c> for query (OpenAPI 3.1.0 section 4.8.12.3).</summary>
internal static class ParameterText
{
    /// <summary>Whether the styles define how the value is written: they do for a scalar, and for an array or object of scalars.</summary>
    public static bool IsDefinedFor(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().All(IsScalar),
        JsonValueKind.Object => value.EnumerateObject().All(member => IsScalar(member.Value)),
        _ => IsScalar(value),
    };

    /// <summary>Style <c>simple</c>: <c>a,b</c> for arrays, <c>k,v</c> or exploded <c>k=v</c> for objects.</summary>
    public static string Simple(JsonElement value, bool explode, Func<string, string> encode) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(item => encode(Scalar(item)))),
        JsonValueKind.Object => string.Join(',', value.EnumerateObject().Select(member => $"{encode(member.Name)}{(explode ? '=' : ',')}{encode(Scalar(member.Value))}")),
        _ => encode(Scalar(value)),
    };

    /// <summary>Style <c>form</c>: <c>name=a&amp;name=b</c> exploded, <c>name=a,b</c> otherwise; an exploded object gives its members' names.</summary>
    public static IEnumerable<string> Form(string name, JsonElement value, bool explode)
    {
        var parameter = Uri.EscapeDataString(name);
        return (value.ValueKind, explode) switch
        {
            (JsonValueKind.Array, _) when value.GetArrayLength() == 0 => [],
            (JsonValueKind.Array, true) => value.EnumerateArray().Select(item => $"{parameter}={Uri.EscapeDataString(Scalar(item))}"),
            (JsonValueKind.Object, true) => value.EnumerateObject().Select(member => $"{Uri.EscapeDataString(member.Name)}={Uri.EscapeDataString(Scalar(member.Value))}"),
            _ => [$"{parameter}={Simple(value, explode: false, Uri.EscapeDataString)}"],
        };
    }

    private static bool IsScalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static string Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
