namespace Qrossing.Tests.Architecture;

/// <summary>
/// "Who may reference whom" (docs: architecture). A row gives the projects and the packages a project may use; everything that
/// is not listed is refused, so a new dependency is a decision made here.
/// </summary>
internal static class ReferenceTable
{
    /// <summary>Only for projects on ASP.NET, whose shared framework brings them.</summary>
    private static readonly string[] AspNetFramework = ["Microsoft.AspNetCore*", "Microsoft.Extensions.*", "Microsoft.Net.Http.Headers"];

    private static readonly string[] HostAbstractions =
    [
        "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Diagnostics.Abstractions", "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Microsoft.Extensions.Primitives",
    ];

    /// <summary>Packages of the build itself, in every project.</summary>
    public static readonly string[] Analyzers =
    [
        "Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.CodeAnalysis.PublicApiAnalyzers",
        "Microsoft.VisualStudio.Threading.Analyzers",
    ];

    /// <summary>Projects of <c>src/</c> and the two test libraries. Test programs themselves may see everything.</summary>
    public static readonly IReadOnlyDictionary<string, Row> Rows = new Dictionary<string, Row>
    {
        ["Qrossing.Abstractions"] = new([], ["Microsoft.Extensions.Logging.Abstractions"]),
        ["Qrossing.Formats"] = new([], ["BouncyCastle.Cryptography", "NSec.Cryptography"]),
        ["Qrossing.Connectors"] = new(
            ["Qrossing.Abstractions", "Qrossing.Formats"],
            ["Microsoft.Extensions.Logging.Abstractions", "AWSSDK.*", "Google.Protobuf", "YamlDotNet"]),
        ["Qrossing.Core"] = new(
            ["Qrossing.Abstractions", "Qrossing.Formats"],
            ["Polly.Core", "Microsoft.Security.AntiSSRF", .. HostAbstractions]),
        ["Qrossing.Data"] = new(
            ["Qrossing.Core", "Qrossing.Abstractions"],
            ["Dapper", "Npgsql", "Microsoft.Data.Sqlite", "SQLitePCLRaw.*", "dbup-*", "OpenIddict.Abstractions", "Microsoft.Extensions.Identity.Stores", .. HostAbstractions]),
        ["Qrossing.Cluster"] = new(
            ["Qrossing.Core", "Qrossing.Abstractions"],
            ["Microsoft.Orleans.*", "Orleans.*", "Npgsql", .. HostAbstractions]),
        ["Qrossing.Gateway"] = new(
            ["Qrossing.Core", "Qrossing.Abstractions", "Qrossing.Formats"],
            [.. AspNetFramework, "Yarp.ReverseProxy", "OpenIddict.*", "GraphQL*", "OpenTelemetry*", "Scalar.AspNetCore", "Microsoft.OpenApi"]),
        ["Qrossing.Console"] = new(["Qrossing.Sdk"], [.. AspNetFramework, "Radzen.Blazor"]),
        ["Qrossing.Sdk"] = new([], []),
        ["Qrossing.Simulators"] = new(["Qrossing.Abstractions", "Qrossing.Formats"], AspNetFramework),
        ["Qrossing"] = new(["Qrossing.*"], [.. AspNetFramework, "Spectre.Console*", "System.CommandLine", "YamlDotNet", "OpenTelemetry*", "Microsoft.OpenApi"]),
        ["Qrossing.TestKit"] = new(
            ["Qrossing.Abstractions", "Qrossing.Core", "Qrossing.Formats"],
            [.. AspNetFramework, "Npgsql", "xunit.v3.*"]),
        ["Qrossing.Vectors"] = new(["Qrossing.Formats"], []),
    };

    /// <summary>A project's permissions.</summary>
    /// <param name="Projects">Projects of ours, transitive use included.</param>
    /// <param name="Packages">Packages and shared-framework assemblies.</param>
    public sealed record Row(string[] Projects, string[] Packages)
    {
        public bool AllowsProject(string name) => Projects.Any(pattern => Matches(pattern, name));

        public bool AllowsPackage(string name) => Packages.Any(pattern => Matches(pattern, name));

        public bool AllowsAssembly(string name) =>
            IsPlatform(name) || AllowsProject(name) || AllowsPackage(name);
    }

    /// <summary>The base class library.</summary>
    private static bool IsPlatform(string assembly) =>
        assembly is "netstandard" or "mscorlib" or "Microsoft.CSharp" or "System"
        || assembly.StartsWith("Microsoft.Win32.", StringComparison.Ordinal)
        || (assembly.StartsWith("System.", StringComparison.Ordinal) && assembly != "System.CommandLine");

    private static bool Matches(string pattern, string name) => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(name, pattern, StringComparison.OrdinalIgnoreCase);
}
