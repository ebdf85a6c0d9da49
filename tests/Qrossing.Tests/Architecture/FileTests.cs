using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Architecture;

[Trait("Kind", "unit")]
public sealed class FileTests
{
    private const int LinesOfFile = 600;
    private const int LinesOfTable = 1000;
    private const int FilesOfFolder = 25;
    private const int FilesThatNeedReadme = 3;
    private const int LinesOfReadme = 40;

    /// <summary>Wire shapes and tables are lists by nature and are longer.</summary>
    private static readonly string[] TableSuffixes = ["Wire", "Table", "Tables"];

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() =>
        Violations.None(Codebase.Source.Concat(Codebase.Tests)
            .Where(file => file.Lines.Length > (TableSuffixes.Any(suffix => file.Name.EndsWith(suffix, StringComparison.Ordinal)) ? LinesOfTable : LinesOfFile))
            .Select(file => $"{file.Path}: {file.Lines.Length} lines"));

    [Fact]
    public void No_folder_holds_more_files_than_one_looks_over() =>
        Violations.None(Codebase.Source
            .GroupBy(file => file.Folder)
            .Where(folder => folder.Count() > FilesOfFolder)
            .Select(folder => $"{folder.Key}: {folder.Count()} files"));

    /// <summary>A room is a folder directly below a project; in Connectors it is the folder of one connector.</summary>
    [Fact]
    public void Every_room_explains_itself() =>
        Violations.None(Codebase.Source
            .Where(file => Depth(file) > 0)
            .GroupBy(Room)
            .Where(room => room.Count() >= FilesThatNeedReadme && !File.Exists(RepositoryRoot.Combine(room.Key, "README.md")))
            .Select(room => $"{room.Key}/README.md is missing"));

    [Fact]
    public void Readme_of_a_room_is_one_screen() =>
        Violations.None(Codebase.Files("src", "README.md")
            .Select(path => (Path: path, Lines: File.ReadAllLines(RepositoryRoot.Combine(path)).Length))
            .Where(readme => readme.Lines is 0 or > LinesOfReadme)
            .Select(readme => $"{readme.Path}: {readme.Lines} lines"));

    [Fact]
    public void Namespace_is_the_folder() =>
        Violations.None(
            from file in Codebase.Source
            from line in file.Lines
            where line.StartsWith("namespace ", StringComparison.Ordinal)
            where line != $"namespace {file.Folder["src/".Length..].Replace('/', '.')};"
            select $"{file.Path}: {line}");

    private static int Depth(SourceFile file) => file.Folder.Split('/').Length - 2;

    private static string Room(SourceFile file)
    {
        var depth = file.Project == "Qrossing.Connectors" ? 2 : 1;
        return string.Join('/', file.Folder.Split('/').Take(2 + depth));
    }
}
