using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Backups;

/// <summary>Rows as JSON lines and back.</summary>
internal static class TableLines
{
    /// <summary>A column as the manifest names it.</summary>
    public static string Describe(SqlColumn column) => $"{column.Name}:{column.Kind.ToString().ToLowerInvariant()}";

    /// <summary>Reads what <see cref="Describe"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such text.</exception>
    public static (string Name, SqlKind Kind) Parse(string column)
    {
        var parts = column.Split(':');
        return parts.Length == 2 && Enum.TryParse<SqlKind>(parts[1], ignoreCase: true, out var kind)
            ? (parts[0], kind)
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The manifest describes a column as '{column}'."));
    }

    /// <summary>Writes all rows; how many.</summary>
    public static long Write(IEnumerable<SqlValue[]> rows, Stream file, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        var count = 0L;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            json.WriteStartArray();
            foreach (var value in row)
            {
                Write(json, value.Boxed);
            }

            json.WriteEndArray();
            json.Flush();
            buffer.Write("\n"u8);
            file.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
            json.Reset();
            count++;
        }

        return count;
    }

    /// <summary>Reads all rows.</summary>
    /// <exception cref="InvalidDataException">A line is not a row of these columns.</exception>
    public static IEnumerable<SqlValue[]> Read(StreamReader file, IReadOnlyList<SqlKind> kinds, CancellationToken cancellationToken)
    {
        while (file.ReadLine() is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var row = JsonDocument.Parse(line);
            if (row.RootElement.GetArrayLength() != kinds.Count)
            {
                throw new InvalidDataException("A row of the backup has another number of columns than its table.");
            }

            yield return [.. row.RootElement.EnumerateArray().Select((element, i) => Read(element, kinds[i]))];
        }
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case long number:
                json.WriteNumberValue(number);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static SqlValue Read(JsonElement element, SqlKind kind) => SqlValue.Of(kind, element.ValueKind == JsonValueKind.Null ? null : kind switch
    {
        SqlKind.Integer => element.GetInt64(),
        SqlKind.Text => element.GetString(),
        _ => element.GetBytesFromBase64(),
    });
}
