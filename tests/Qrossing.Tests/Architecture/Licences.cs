using System.Xml.Linq;

namespace Qrossing.Tests.Architecture;

/// <summary>Which licences a package of ours may have, and which one it has, by what it declares itself.</summary>
internal static class Licences
{
    private static readonly HashSet<string> Accepted =
    [
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MS-PL", "PostgreSQL", "Unlicense", "Zlib",
    ];

    /// <summary>Packages that carry a licence file in place of an expression, read by a person: id to SPDX expression.</summary>
    private static readonly Dictionary<string, string> ByFile = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CommandLineParser"] = "MIT",
        ["Microsoft.DotNet.PlatformAbstractions"] = "MIT",
    };

    /// <summary>SPDX expression, or a sentence that says why there is none.</summary>
    public static string Of(LockedPackage package)
    {
        if (ByFile.TryGetValue(package.Id, out var known))
        {
            return known;
        }

        // The package folder's names are lower case whatever the id says.
        var id = package.Id.ToLowerInvariant();
        var nuspec = Path.Combine(PackagesFolder(), id, package.Version.ToLowerInvariant(), id + ".nuspec");
        if (!File.Exists(nuspec))
        {
            return $"not restored ({nuspec}): run dotnet restore Qrossing.slnx";
        }

        var licence = XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression"
            ? licence.Value.Trim()
            : $"declares no expression ({licence?.Value ?? "no licence element"}): read its licence and add it to {nameof(Licences)}.{nameof(ByFile)}";
    }

    /// <summary>SPDX: OR is a choice, AND needs both.</summary>
    public static bool IsAccepted(string expression) =>
        expression.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal)
            .Split(" OR ")
            .Any(choice => choice.Split(" AND ").All(part => Accepted.Contains(part.Trim())));

    private static string PackagesFolder() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
