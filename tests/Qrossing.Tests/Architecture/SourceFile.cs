namespace Qrossing.Tests.Architecture;

/// <summary>A C# file of ours.</summary>
/// <param name="Path">Relative to the repository root, with forward slashes: <c>src/Qrossing.Core/Effects/Effect.cs</c>.</param>
/// <param name="Lines">Its text.</param>
public sealed record SourceFile(string Path, string[] Lines)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary><c>Qrossing.Core</c> for <c>src/Qrossing.Core/...</c>.</summary>
    public string Project => Path.Split('/')[1];

    /// <summary>Folder, relative to the repository root.</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary><c>path:line: text</c> of every line the condition accepts: the form compilers print and editors open.</summary>
    public IEnumerable<string> Where(Func<string, bool> condition) =>
        Lines.Index().Where(line => condition(line.Item)).Select(line => $"{Path}:{line.Index + 1}: {line.Item.Trim()}");
}
