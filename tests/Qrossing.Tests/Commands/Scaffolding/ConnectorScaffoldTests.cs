using Qrossing.Commands.Scaffolding;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Commands.Scaffolding;

[Trait("Kind", "unit")]
public sealed class ConnectorScaffoldTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("scaffold");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_connector_is_one_folder_and_one_fixture()
    {
        var outcome = ConnectorScaffold.Write(_folder.Path, "cloud.my_store");
        Assert.Null(outcome.Refusal);
        Assert.Equal(
            [
                "src/Qrossing.Connectors/Cloud/MyStore/MyStoreConnector.cs",
                "src/Qrossing.Connectors/Cloud/MyStore/MyStoreOptions.cs",
                "src/Qrossing.Connectors/Cloud/MyStore/MyStoreFaults.cs",
                "src/Qrossing.Connectors/Cloud/MyStore/README.md",
                "tests/Qrossing.ContractTests/Cloud/MyStore/MyStoreFixture.cs",
            ],
            outcome.Files.Select(path => Path.GetRelativePath(_folder.Path, path)));
        Assert.All(outcome.Files, path => Assert.DoesNotContain("{{", File.ReadAllText(path)));
        Assert.Contains("[Connector(\n    \"cloud.my_store\",", File.ReadAllText(outcome.Files[0]));
    }

    [Fact]
    public void Connector_that_exists_is_not_written_over()
    {
        var first = ConnectorScaffold.Write(_folder.Path, "cloud.mine");
        File.WriteAllText(first.Files[0], "mine");
        File.Delete(first.Files[1]);
        var second = ConnectorScaffold.Write(_folder.Path, "cloud.mine");
        Assert.Contains("is there already", second.Refusal);
        Assert.Equal("mine", File.ReadAllText(first.Files[0]));
        Assert.False(File.Exists(first.Files[1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cloud")]
    [InlineData("Cloud.Mine")]
    [InlineData("cloud.mine.more")]
    [InlineData("cloud.1st")]
    [InlineData("../x.y")]
    public void Text_that_is_no_kind_is_refused(string kind)
    {
        Assert.Contains("is no kind", ConnectorScaffold.Write(_folder.Path, kind).Refusal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
