using System.Diagnostics;
using System.Reflection;
using Qrossing.Commands.Scaffolding;
using Qrossing.TestKit.Compliance;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Scaffolding;

/// <summary>What the scaffold writes is built by the real compiler, in a project of its own, and then judged by the suite.</summary>
[Trait("Kind", "e2e")]
public sealed class ScaffoldedConnectorTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <AssemblyName>Scaffolded</AssemblyName>
          </PropertyGroup>
          <ItemGroup>
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <Reference Include="{{bin}}/Qrossing.Abstractions.dll" />
            <Reference Include="{{bin}}/Qrossing.TestKit.dll" />
          </ItemGroup>
        </Project>
        """;

    private readonly TemporaryFolder _folder = new("scaffolded");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scaffolded_connector_compiles_and_its_suite_says_what_is_missing()
    {
        Assert.Null(ConnectorScaffold.Write(_folder.Path, "cloud.my_store").Refusal);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "Scaffolded.csproj"), Project.Replace("{{bin}}", AppContext.BaseDirectory.TrimEnd('/'), StringComparison.Ordinal));
        await BuildAsync();

        var built = Assembly.LoadFrom(Path.Combine(_folder.Path, "out", "Scaffolded.dll"));
        var cases = ComplianceCases.Discover(built, built, Path.Combine(_folder.Path, "src", "Qrossing.Connectors"));
        var failures = new Dictionary<string, string>();
        foreach (var rule in cases)
        {
            try
            {
                await rule.RunAsync(TestContext.Current.CancellationToken);
            }
            catch (ComplianceException missing)
            {
                failures[rule.Rule] = missing.Message;
            }
        }

        Assert.Contains("no capability", failures["Has_a_capability_and_every_write_has_its_lookup_twin"]);
        Assert.Contains("not written", failures["Readme_has_every_section"]);
        Assert.Contains("Fixture not written", failures["A_healthy_peer_names_itself"]);
        Assert.DoesNotContain("Leaves_nothing_unimplemented", failures.Keys);
        Assert.Equal(2 + cases.Count(rule => rule.Suite == nameof(ProbesCompliance)), failures.Count);
    }

    private async Task BuildAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-o", "out", "-v", "q", "--nologo", "-p:UseSharedCompilation=false", "-nodeReuse:false"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(build.ExitCode == 0, output);
    }
}
