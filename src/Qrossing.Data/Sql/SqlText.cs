using System.Text.Json;

namespace Qrossing.Data.Sql;

/// <summary>Builds the statements that name every column of a table, from the one list a store keeps. Parameters are <c>$1</c>, <c>$2</c>, ... on both engines.</summary>
internal static class SqlText
{
    /// <summary><c>INSERT INTO table (columns) VALUES ($1, ..., $n)</c>.</summary>
    public static string Insert(string table, string columns) =>
        $"INSERT INTO {table} ({columns}) VALUES ({Parameters(1, Count(columns))})";

    /// <summary><c>UPDATE table SET (columns) = ($1, ..., $n)</c>, to be followed by a WHERE.</summary>
    public static string Update(string table, string columns) =>
        $"UPDATE {table} SET ({columns}) = ({Parameters(1, Count(columns))})";

    /// <summary>For an upsert: <c>a = excluded.a, b = excluded.b</c>.</summary>
    public static string FromExcluded(string columns) =>
        string.Join(", ", columns.Split(',', StringSplitOptions.TrimEntries).Select(column => $"{column} = excluded.{column}"));

    /// <summary><c>$first, ..., $(first + count - 1)</c>.</summary>
    public static string Parameters(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(number => $"${number}"));

    /// <summary>A list of texts as one column.</summary>
    public static string FromList(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts);

    private static int Count(string columns) => columns.Count(character => character == ',') + 1;
}
