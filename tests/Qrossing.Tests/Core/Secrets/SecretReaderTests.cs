using Microsoft.Extensions.Logging.Abstractions;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Secrets;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core.Secrets;

[Trait("Kind", "security")]
public sealed class SecretReaderTests : IDisposable
{
    private readonly TemporaryFolder _data = new("secret-data");
    private readonly TemporaryFolder _outside = new("secret-files");

    public void Dispose()
    {
        _data.Dispose();
        _outside.Dispose();
    }

    [Theory]
    [InlineData("s3cret", "s3cret")]
    [InlineData("s3cret\n", "s3cret")]
    [InlineData("s3cret\r\n", "s3cret")]
    [InlineData("s3cret\n\n", "s3cret\n")]
    [InlineData(" s3cret ", " s3cret ")]
    public async Task File_is_read_without_its_last_line_break(string content, string secret) => Assert.Equal(secret, (await ReadAsync(File(content))).Value);

    [Fact]
    public async Task Variable_is_read()
    {
        const string Name = "TESTS_SECRET_READER";
        Environment.SetEnvironmentVariable(Name, "from the environment");

        Assert.Equal("from the environment", (await ReadAsync($"env:{Name}")).Value);
    }

    [Theory]
    [InlineData("env:TESTS_NOT_SET")]
    [InlineData("env:QROSSING_ADMIN_KEY")]
    [InlineData("env:qrossing__secrets__rootkey")]
    [InlineData("file:/nowhere")]
    [InlineData("file:/")]
    [InlineData("file:/proc/self/environ")]
    [InlineData("file:/proc/self/../self/environ")]
    [InlineData("enc:v1:AAAA")]
    [InlineData("plain text")]
    public async Task What_is_missing_or_belongs_to_the_gateway_is_unreadable(string place)
    {
        var read = await ReadAsync(place);

        Assert.Equal((FaultKind.Unavailable, "secrets.unreadable"), (read.Fault!.Kind, read.Fault.Code));
        Assert.DoesNotContain("plain text", read.Fault.PeerText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_of_the_data_directory_is_not_given_out_not_even_through_a_link()
    {
        var own = Path.Combine(_data.Path, "own");
        await System.IO.File.WriteAllTextAsync(own, "root");
        var link = Path.Combine(_outside.Path, "link");
        System.IO.File.CreateSymbolicLink(link, own);
        var folder = Path.Combine(_outside.Path, "folder");
        Directory.CreateSymbolicLink(folder, _data.Path);

        Assert.False((await ReadAsync($"file:{own}")).IsSuccess);
        Assert.False((await ReadAsync($"file:{link}")).IsSuccess);
        Assert.False((await ReadAsync($"file:{Path.Combine(folder, "own")}")).IsSuccess);
    }

    [Fact]
    public async Task File_that_is_empty_too_large_or_not_text_is_unreadable()
    {
        Assert.False((await ReadAsync(File(""))).IsSuccess);
        Assert.False((await ReadAsync(File("\n"))).IsSuccess);
        Assert.True((await ReadAsync(File(new string('x', 64 * 1024)))).IsSuccess);
        Assert.False((await ReadAsync(File(new string('x', (64 * 1024) + 1)))).IsSuccess);
        var binary = Path.Combine(_outside.Path, "binary");
        await System.IO.File.WriteAllBytesAsync(binary, [0xFF, 0xFE, 0xFD]);
        Assert.False((await ReadAsync($"file:{binary}")).IsSuccess);
    }

    [Theory]
    [InlineData("env:A", true, false)]
    [InlineData("file:/a", true, false)]
    [InlineData("enc:v1:AAAA", false, true)]
    [InlineData("env:", false, false)]
    [InlineData("secret", false, false)]
    public void Text_of_a_secret_says_what_it_is(string text, bool reference, bool isSealed) =>
        Assert.Equal((reference, isSealed), (SecretText.IsReference(text), SecretText.IsSealed(text)));

    private string File(string content)
    {
        var path = Path.Combine(_outside.Path, "secret");
        System.IO.File.WriteAllText(path, content);
        return $"file:{path}";
    }

    [Fact]
    public async Task Root_key_and_configuration_are_not_given_out_wherever_they_lie()
    {
        const string Name = "TESTS_ROOT_KEY_OF_A_GATEWAY";
        Environment.SetEnvironmentVariable(Name, "root");
        var file = File("root");
        var link = Path.Combine(_outside.Path, "innocent");
        System.IO.File.CreateSymbolicLink(link, Path.Combine(_outside.Path, "secret"));

        Assert.False((await ReadAsync($"env:{Name}", new SecretsOptions { RootKey = new SecretRef($"env:{Name}") })).IsSuccess);
        Assert.False((await ReadAsync(file, new SecretsOptions { RootKey = new SecretRef(file) })).IsSuccess);
        Assert.False((await ReadAsync($"file:{link}", new SecretsOptions { RootKey = new SecretRef(file) })).IsSuccess);
        Assert.False((await ReadAsync(file, new SecretsOptions { RootKey = new SecretRef($"file:{link}") })).IsSuccess);
        Assert.False((await ReadAsync(file, own: new SecretRef(file))).IsSuccess);
        Assert.False((await ReadAsync($"file:{link}", ownFile: file["file:".Length..])).IsSuccess);
        Assert.True((await ReadAsync(file)).IsSuccess);
        Assert.True((await ReadAsync($"env:{Name}")).IsSuccess);
    }

    [Fact]
    public async Task File_is_read_only_below_the_directories_of_the_configuration()
    {
        using var elsewhere = new TemporaryFolder("secret-elsewhere");
        var beside = Path.Combine(elsewhere.Path, "secret");
        await System.IO.File.WriteAllTextAsync(beside, "other");
        System.IO.File.CreateSymbolicLink(Path.Combine(_outside.Path, "out"), beside);

        Assert.True((await ReadAsync(File("in"))).IsSuccess);
        Assert.False((await ReadAsync($"file:{beside}")).IsSuccess);
        Assert.False((await ReadAsync($"file:{_outside.Path}/out")).IsSuccess);
        Assert.False((await ReadAsync($"file:{_outside.Path}/../{Path.GetFileName(elsewhere.Path)}/secret")).IsSuccess);
        Assert.False((await ReadAsync($"file:{beside}", new SecretsOptions())).IsSuccess);
    }

    private async Task<ConnectorResult<string>> ReadAsync(string place, SecretsOptions? options = null, SecretRef? own = null, string? ownFile = null)
    {
        var store = new MemoryKeys();
        var ring = new KeyRing(new SecretsOptions(), _data.Path, store, store, TimeProvider.System, NullLogger<KeyRing>.Instance);
        await ring.OpenAsync(CancellationToken.None);
        options ??= new SecretsOptions { Directories = [_outside.Path] };
        if (options.RootKey is not null)
        {
            options = options with { Directories = [_outside.Path] };
        }

        var places = new SecretPlaces(options, _data.Path, own is null ? [] : [own], ownFile is null ? [] : [ownFile]);
        return await new SecretReader(ring, places, TenantId.Default, "connection:x").ReadAsync(new SecretRef(place), CancellationToken.None);
    }
}
