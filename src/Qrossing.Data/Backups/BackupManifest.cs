using System.Text.Json;

namespace Qrossing.Data.Backups;

/// <summary>
/// <c>manifest.json</c>, written last: a directory without it is no backup. Each table is a file of JSON lines, a row an array of its
/// columns: integers as numbers, text as strings, bytes as base64. The form is the same for both engines, so a backup of one restores on the other.
/// </summary>
public sealed record BackupManifest
{
    internal const string FileName = "manifest.json";

    /// <summary>The version of this form.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the form it is written in.</summary>
    public required int Format { get; init; }

    /// <summary>The engine it was taken from.</summary>
    public required string Engine { get; init; }

    /// <summary>The newest migration of the database.</summary>
    public required string Schema { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest position of the log in it.</summary>
    public required long Position { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<BackupTable> Tables { get; init; }

    /// <summary>Every file but the manifest.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}

/// <summary>One table of a backup.</summary>
/// <param name="Name">The table.</param>
/// <param name="File">Its file, relative to the directory.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns in the order of the rows, each as <c>name:kind</c>.</param>
public sealed record BackupTable(string Name, string File, long Rows, IReadOnlyList<string> Columns);

/// <summary>One file of a backup.</summary>
/// <param name="Path">Relative to the directory, with forward slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hex.</param>
public sealed record BackupFile(string Path, long Size, string Sha256);
