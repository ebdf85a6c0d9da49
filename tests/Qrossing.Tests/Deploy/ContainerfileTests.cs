using System.Text.RegularExpressions;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Deploy;

/// <summary>No container engine runs where the tests do, so the file is read as the format's reference describes it: one instruction per line, continued by a backslash.</summary>
[Trait("Kind", "unit")]
public sealed partial class ContainerfileTests
{
    private static readonly string[] Known =
        ["ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"];

    private static readonly IReadOnlyList<(string Name, string[] Arguments)> Instructions = Read();

    [Fact]
    public void Every_line_is_an_instruction_and_the_first_is_a_base()
    {
        Assert.Equal("FROM", Instructions[0].Name);
        Assert.All(Instructions, instruction =>
        {
            Assert.Contains(instruction.Name, Known);
            Assert.NotEmpty(instruction.Arguments);
        });
    }

    [Fact]
    public void Bases_have_a_version_and_stages_a_name()
    {
        var bases = Instructions.Where(instruction => instruction.Name == "FROM").Select(instruction => instruction.Arguments).ToList();

        Assert.Equal(2, bases.Count);
        Assert.All(bases, parts =>
        {
            Assert.Equal("AS", parts[1]);
            Assert.Matches(VersionedImage(), parts[0]);
        });
    }

    [Fact]
    public void Everything_copied_exists_or_comes_from_a_stage_before()
    {
        var stages = new List<string>();
        foreach (var (name, arguments) in Instructions)
        {
            if (name == "FROM")
            {
                stages.Add(arguments[2]);
            }
            else if (name == "COPY")
            {
                var from = Array.Find(arguments, argument => argument.StartsWith("--from=", StringComparison.Ordinal));
                if (from is not null)
                {
                    Assert.Contains(from["--from=".Length..], stages.SkipLast(1));
                    continue;
                }

                Assert.All(arguments.SkipLast(1), source => Assert.True(Path.Exists(RepositoryRoot.Combine(source)), source));
            }
        }
    }

    [Fact]
    public void Image_runs_as_a_numbered_user_that_is_not_root()
    {
        var final = Instructions.SkipWhile(instruction => instruction.Name != "FROM" || instruction.Arguments[2] != "final").ToList();

        var user = Assert.Single(final, instruction => instruction.Name == "USER").Arguments[0];
        Assert.True(int.Parse(user) > 0);
        Assert.DoesNotContain(final, instruction => instruction.Name == "RUN");
        Assert.All(final.Where(instruction => instruction.Name is "ENTRYPOINT" or "CMD"), instruction => Assert.StartsWith("[", instruction.Arguments[0], StringComparison.Ordinal));
    }

    private static IReadOnlyList<(string Name, string[] Arguments)> Read()
    {
        var lines = File.ReadAllLines(RepositoryRoot.Combine("deploy", "Containerfile")).Where(line => line.Trim().Length > 0 && !line.TrimStart().StartsWith('#'));
        return [.. string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(words => (words[0], words[1..]))];
    }

    [GeneratedRegex(@"^[a-z0-9./-]+:\d+\.\d+[a-z0-9.-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionedImage();
}
