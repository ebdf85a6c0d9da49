using System.Xml.Linq;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Architecture;

/// <summary>What the architecture tests look at: the files of this checkout, read once.</summary>
internal static class Codebase
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> ReadSource = new(() => Read("src"));
    private static readonly Lazy<IReadOnlyList<SourceFile>> ReadTests = new(() => Read("tests"));

    /// <summary>Every C# file below <c>src/</c>, generated ones left out.</summary>
    public static IReadOnlyList<SourceFile> Source => ReadSource.Value;

    /// <summary>Every C# file below <c>tests/</c>.</summary>
    public static IReadOnlyList<SourceFile> Tests => ReadTests.Value;

    /// <summary>Every project file: path relative to the root, and content.</summary>
    public static IReadOnlyList<(string Path, XDocument Content)> Projects { get; } =
        [.. Files("", "*.csproj").Select(path => (path, XDocument.Load(RepositoryRoot.Combine(path))))];

    /// <summary>Files below a folder of the root, as relative paths, without build output and tool folders.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(RepositoryRoot.Combine(folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'))
            .Where(path => !Array.Exists(path.Split('/'), part => part is "obj" or "bin" or "artifacts" or "node_modules" or ".git"))
            .Order(StringComparer.Ordinal);

    private static IReadOnlyList<SourceFile> Read(string folder) =>
        [.. Files(folder, "*.cs").Select(path => new SourceFile(path, File.ReadAllLines(RepositoryRoot.Combine(path))))];
}
