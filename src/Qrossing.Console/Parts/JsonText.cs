using System.Text.Encodings.Web;
using System.Text.Json;

namespace Qrossing.Console.Parts;

/// <summary>JSON for people.</summary>
internal static class JsonText
{
    // The page escapes it again for HTML.
    private static readonly JsonWriterOptions Form = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Indented(JsonElement value)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Form))
        {
            value.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
