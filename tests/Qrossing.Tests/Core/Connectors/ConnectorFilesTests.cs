using System.Text;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Files;
using Qrossing.Core.Connectors.Peers;
using Qrossing.Core.Storage;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core.Connectors;

[Trait("Kind", "unit")]
public sealed class ConnectorFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("files");

    private string Root => Path.Combine(_folder.Path, "connections", "default", "store");

    private ConnectorFiles Files => new(Root, evidence: null);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task File_that_was_replaced_reads_as_the_last_content_and_leaves_nothing_else()
    {
        Assert.Equal(3, (await ReplaceAsync("a/b", "old")).Value);
        Assert.Equal(6, (await ReplaceAsync("a/b", "newest")).Value);

        Assert.Equal("newest", await ReadAsync("a/b"));
        Assert.Equal(6, await Files.SizeAsync("a/b", CancellationToken.None));
        Assert.Equal(["a/b"], await ListAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Root, ".tmp")));
    }

    [Fact]
    public async Task Missing_file_is_null_and_deletes_as_false()
    {
        Assert.Null(await Files.OpenReadAsync("none", CancellationToken.None));
        Assert.Null(await Files.SizeAsync("none/at/all", CancellationToken.None));
        Assert.False(await Files.DeleteAsync("none", CancellationToken.None));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Names_come_in_ordinal_order_after_a_name_and_below_a_prefix()
    {
        foreach (var name in new[] { "b", "a/z", "a.b", "a/c/d", "a-b", "ab/x" })
        {
            await ReplaceAsync(name, name);
        }

        var ordered = new[] { "b", "a/z", "a.b", "a/c/d", "a-b", "ab/x" }.Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(ordered, await ListAsync());
        Assert.Equal(["a/c/d", "a/z"], await ListAsync("a/"));
        Assert.Equal(["ab/x", "b"], await ListAsync("", "a/z"));
        Assert.Equal(["a/z"], await ListAsync("a/", "a/c/d"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../b")]
    [InlineData("..")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".tmp/x")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    public async Task Name_that_could_leave_the_directory_is_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Files.ReplaceAsync(name, default, CancellationToken.None));

    [Fact]
    public async Task Spooled_body_is_taken_over_by_rename_and_a_repeat_changes_nothing()
    {
        var body = new FileBody(Path.Combine(_folder.Path, "body"), "content");

        Assert.Equal(7, (await Files.AdoptAsync(body, "taken", CancellationToken.None)).Value);
        Assert.False(File.Exists(body.Path));
        Assert.Equal(7, (await Files.AdoptAsync(body, "taken", CancellationToken.None)).Value);
        Assert.Equal("storage.io", (await Files.AdoptAsync(body, "elsewhere", CancellationToken.None)).Fault!.Code);
        Assert.Equal("content", await ReadAsync("taken"));
    }

    [Fact]
    public async Task Body_on_another_file_system_replaces_a_file_as_a_whole_and_is_gone_afterwards()
    {
        const string OtherFileSystem = "/dev/shm";
        Assert.SkipUnless(Directory.Exists(OtherFileSystem), "There is no second file system to be had.");
        var body = new FileBody(Path.Combine(OtherFileSystem, $"qrossing-{Path.GetFileName(_folder.Path)}"), "the new content");
        await ReplaceAsync("taken", "the old");
        await using var reader = await Files.OpenReadAsync("taken", CancellationToken.None);

        Assert.Equal(15, (await Files.AdoptAsync(body, "taken", CancellationToken.None)).Value);

        Assert.Equal("the old", await new StreamReader(reader!).ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal("the new content", await ReadAsync("taken"));
        Assert.False(File.Exists(body.Path));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Root, ".tmp")));
    }

    [Fact]
    public async Task Body_that_is_no_file_is_copied()
    {
        Assert.Equal(4, (await Files.AdoptAsync(new MemoryBody("copy"), "copied", CancellationToken.None)).Value);

        Assert.Equal("copy", await ReadAsync("copied"));
    }

    [Fact]
    public async Task Trouble_with_the_disk_is_a_fault()
    {
        Directory.CreateDirectory(Path.Combine(Root, "taken"));

        var replaced = await ReplaceAsync("taken", "x");

        Assert.Equal((FaultKind.Unavailable, "storage.io"), (replaced.Fault!.Kind, replaced.Fault.Code));
        Assert.Equal("storage.full", FileFaults.Of(new IOException("No space left on device", 28)).Code);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Root, ".tmp")));
    }

    [Fact]
    public async Task Leftovers_of_a_crash_are_swept()
    {
        await ReplaceAsync("kept", "x");
        await File.WriteAllTextAsync(Path.Combine(Root, ".tmp", "torn"), "half");

        ConnectorFiles.Sweep(Root);

        Assert.Equal(["kept"], await ListAsync());
        Assert.False(Directory.Exists(Path.Combine(Root, ".tmp")));
    }

    [Fact]
    public async Task Attempt_that_was_judged_untouched_cannot_begin_to_write()
    {
        var evidence = new CallEvidence(limit: null);
        Assert.False(evidence.Close());

        await Assert.ThrowsAsync<PeerNotCalledException>(async () => await new ConnectorFiles(Root, evidence).ReplaceAsync("late", "x"u8.ToArray(), CancellationToken.None));

        Assert.Empty(await ListAsync());
    }

    private ValueTask<ConnectorResult<long>> ReplaceAsync(string name, string text) => Files.ReplaceAsync(name, Encoding.UTF8.GetBytes(text), CancellationToken.None);

    private async Task<string> ReadAsync(string name)
    {
        using var reader = new StreamReader((await Files.OpenReadAsync(name, CancellationToken.None))!);
        return await reader.ReadToEndAsync();
    }

    private async Task<List<string>> ListAsync(string prefix = "", string? after = null)
    {
        var names = new List<string>();
        await foreach (var name in Files.ListAsync(prefix, after, CancellationToken.None))
        {
            names.Add(name);
        }

        return names;
    }

    private sealed class FileBody : IRenamableBody
    {
        public FileBody(string path, string content)
        {
            Path = path;
            Size = content.Length;
            File.WriteAllText(path, content);
        }

        public long Size { get; }

        public string Path { get; }

        public ValueTask<Stream?> OpenAsync(CancellationToken cancellationToken) => new(File.OpenRead(Path));
    }

    private sealed class MemoryBody(string content) : ISpooledBody
    {
        public long Size => content.Length;

        public ValueTask<Stream?> OpenAsync(CancellationToken cancellationToken) => new(new MemoryStream(Encoding.UTF8.GetBytes(content)));
    }
}
