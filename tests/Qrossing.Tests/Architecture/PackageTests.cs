using System.Text.RegularExpressions;
using System.Xml.Linq;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Architecture;

[Trait("Kind", "unit")]
public sealed partial class PackageTests
{
    [Fact]
    public void Every_package_version_is_pinned_exactly_in_one_place()
    {
        var pins = XDocument.Load(RepositoryRoot.Combine("Directory.Packages.props")).Descendants("PackageVersion").ToList();

        Assert.NotEmpty(pins);
        Assert.DoesNotContain(pins, pin => !ExactVersion().IsMatch(pin.Attribute("Version")?.Value ?? ""));
        Violations.None(pins.GroupBy(pin => pin.Attribute("Include")!.Value).Where(same => same.Count() > 1).Select(same => same.Key));
        Violations.None(
            from project in Codebase.Projects
            from reference in project.Content.Descendants("PackageReference")
            where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
            select $"{project.Path}: {reference}");
    }

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Assert.All(Codebase.Projects, project => Assert.True(
            File.Exists(RepositoryRoot.Combine(Path.GetDirectoryName(project.Path)!, "packages.lock.json")),
            $"{project.Path} has no packages.lock.json"));

    [Fact]
    public void Every_package_has_a_licence_we_accept()
    {
        var packages = LockedPackage.All();

        Assert.NotEmpty(packages);
        Violations.None(packages
            .Select(package => (package, Licence: Licences.Of(package)))
            .Where(found => !Licences.IsAccepted(found.Licence))
            .Select(found => $"{found.package.Id} {found.package.Version}: {found.Licence}"));
    }

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("GPL-3.0-only OR Apache-2.0", true)]
    [InlineData("(MIT AND BSD-3-Clause)", true)]
    [InlineData("MIT AND GPL-3.0-only", false)]
    [InlineData("AGPL-3.0-only", false)]
    [InlineData("", false)]
    public void Licence_expression_is_accepted_when_one_of_its_choices_is(string expression, bool accepted) =>
        Assert.Equal(accepted, Licences.IsAccepted(expression));

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?(-[0-9A-Za-z.-]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExactVersion();
}
