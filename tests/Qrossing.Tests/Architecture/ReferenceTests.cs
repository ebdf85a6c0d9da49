using System.Xml.Linq;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Architecture;

[Trait("Kind", "unit")]
public sealed class ReferenceTests
{
    [Fact]
    public void Every_project_of_src_has_a_row_in_the_reference_table() =>
        Violations.None(Codebase.Projects
            .Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project.Path))
            .Except(ReferenceTable.Rows.Keys));

    [Fact]
    public void Project_file_references_only_what_its_row_allows() =>
        Violations.None(
            from project in Codebase.Projects
            let name = Path.GetFileNameWithoutExtension(project.Path)
            where ReferenceTable.Rows.ContainsKey(name)
            let row = ReferenceTable.Rows[name]
            from reference in Refused(project.Content, row)
            select $"{project.Path} -> {reference}");

    [Fact]
    public void Compiled_assembly_uses_only_what_its_row_allows()
    {
        Assert.Contains(CompiledAssembly.OfSource, assembly => assembly.Name == "Qrossing.Core");

        Violations.None(
            from assembly in CompiledAssembly.OfSource
            from reference in assembly.References
            where !ReferenceTable.Rows[assembly.Name].AllowsAssembly(reference)
            select $"{assembly.Name} -> {reference}");
    }

    [Fact]
    public void Only_Composition_of_the_executable_names_Data_and_Connectors() =>
        Violations.None(Codebase.Source
            .Where(file => file.Project == "Qrossing" && !file.Path.StartsWith("src/Qrossing/Composition/", StringComparison.Ordinal))
            .SelectMany(file => file.Where(line => Names(line, "Qrossing.Data") || Names(line, "Qrossing.Connectors"))));

    [Fact]
    public void Connector_sees_no_other_connector()
    {
        var connectors = Codebase.Source.Where(file => file.Project == "Qrossing.Connectors" && file.Path.Count(c => c == '/') > 3).ToList();
        string[] Owners() => [.. connectors.Select(OwnNamespace).Distinct()];

        Violations.None(
            from file in connectors
            from other in Owners()
            where other != OwnNamespace(file)
            from line in file.Where(line => Names(line, other))
            select line);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = XDocument.Load(RepositoryRoot.Combine("Qrossing.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value);

        Violations.None(Codebase.Projects.Select(project => project.Path).Except(solution));
    }

    [Fact]
    public void No_test_project_stands_outside_tests() =>
        Violations.None(
            from project in Codebase.Projects
            where !project.Path.StartsWith("tests/", StringComparison.Ordinal)
            where project.Content.Descendants("IsTestProject").Any() || Includes(project.Content, "PackageReference").Any(IsTestPackage)
            select project.Path);

    private static IEnumerable<string> Refused(XDocument project, ReferenceTable.Row row)
    {
        var projects = Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));
        var packages = Includes(project, "PackageReference").Except(ReferenceTable.Analyzers);
        var frameworks = Includes(project, "FrameworkReference").Where(framework => !row.AllowsPackage("Microsoft.AspNetCore.Http") || framework != "Microsoft.AspNetCore.App");
        return [.. projects.Where(name => !row.AllowsProject(name)), .. packages.Where(name => !row.AllowsPackage(name)), .. frameworks];
    }

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(item => item.Attribute("Include")?.Value ?? "");

    private static bool IsTestPackage(string package) =>
        package.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) || package.StartsWith("Microsoft.Extensions.TimeProvider.Testing", StringComparison.Ordinal);

    /// <summary><c>Qrossing.Connectors.Cloud.Local</c>: category and name are the first two folders.</summary>
    private static string OwnNamespace(SourceFile file) => string.Join('.', file.Path.Split('/')[1..4]);

    private static bool Names(string line, string ns)
    {
        var at = line.IndexOf(ns, StringComparison.Ordinal);
        return at >= 0
            && (at == 0 || !(char.IsLetterOrDigit(line[at - 1]) || line[at - 1] == '.'))
            && (at + ns.Length == line.Length || !char.IsLetterOrDigit(line[at + ns.Length]));
    }
}
