using System.Text.Json;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Architecture;

/// <summary>A package of a lock file.</summary>
internal sealed record LockedPackage(string Id, string Version)
{
    /// <summary>Every package of every project, direct and transitive.</summary>
    public static IReadOnlyList<LockedPackage> All() =>
        [.. Codebase.Files("", "packages.lock.json").SelectMany(Read).Distinct().OrderBy(package => package.Id, StringComparer.Ordinal)];

    private static IEnumerable<LockedPackage> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Combine(path)));
        return [..
            from framework in document.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in framework.Value.EnumerateObject()
            where package.Value.GetProperty("type").GetString() != "Project"
            select new LockedPackage(package.Name, package.Value.GetProperty("resolved").GetString()!)];
    }
}
