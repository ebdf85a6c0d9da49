using System.Runtime.Versioning;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Secrets;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core.Secrets;

[Trait("Kind", "security")]
[UnsupportedOSPlatform("windows")]
public sealed class KeyRingTests : IDisposable
{
    private static readonly TenantId Tenant = TenantId.Default;
    private readonly TemporaryFolder _folder = new("keys");
    private readonly MemoryKeys _store = new();

    private string RootFile => Path.Combine(_folder.Path, "keys", "root.key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task First_start_makes_a_root_key_that_only_its_owner_reads()
    {
        await OpenAsync();

        Assert.Equal(32, (await File.ReadAllBytesAsync(RootFile)).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(RootFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(RootFile)!));
        Assert.Equal(4, _store.Count);
    }

    [Fact]
    public async Task Envelope_opens_after_a_restart_under_the_same_keys()
    {
        var envelope = (await OpenAsync()).Seal(Tenant, KeyPurposes.Secrets, "hush"u8, "row:1");

        var ring = await OpenAsync();

        Assert.StartsWith("enc:v1:", envelope, StringComparison.Ordinal);
        Assert.True(ring.TryOpen(Tenant, KeyPurposes.Secrets, envelope, "row:1", out var plain));
        Assert.Equal("hush", Encoding.UTF8.GetString(plain));
        Assert.Equal(4, _store.Count);
    }

    [Fact]
    public async Task Envelope_opens_only_where_it_belongs()
    {
        var ring = await OpenAsync();
        var other = new TenantId("other");
        await ring.EnsureAsync(other, [KeyPurposes.Secrets], CancellationToken.None);
        var envelope = ring.SealBytes(Tenant, KeyPurposes.Secrets, "hush"u8, "row:1");

        Assert.True(ring.TryOpenBytes(Tenant, KeyPurposes.Secrets, envelope, "row:1", out _));
        Assert.False(ring.TryOpenBytes(Tenant, KeyPurposes.Secrets, envelope, "row:2", out _));
        Assert.False(ring.TryOpenBytes(Tenant, KeyPurposes.Audit, envelope, "row:1", out _));
        Assert.False(ring.TryOpenBytes(other, KeyPurposes.Secrets, envelope, "row:1", out _));
        Assert.NotEqual(envelope, ring.SealBytes(Tenant, KeyPurposes.Secrets, "hush"u8, "row:1"));
    }

    [Fact]
    public async Task Changed_or_cut_envelope_does_not_open()
    {
        var ring = await OpenAsync();
        var envelope = ring.SealBytes(Tenant, KeyPurposes.Secrets, "hush"u8, "row:1");

        for (var i = 0; i < envelope.Length; i++)
        {
            var changed = envelope.ToArray();
            changed[i] ^= 1;
            Assert.False(ring.TryOpenBytes(Tenant, KeyPurposes.Secrets, changed, "row:1", out _));
            Assert.False(ring.TryOpenBytes(Tenant, KeyPurposes.Secrets, envelope.AsSpan(0, i), "row:1", out _));
        }

        foreach (var text in new[] { "", "enc:", "enc:v1:", "enc:v1:!!", "enc:v2:AAAA", "enc:v1:AAAA" })
        {
            Assert.False(ring.TryOpen(Tenant, KeyPurposes.Secrets, text, "row:1", out _));
        }
    }

    [Fact]
    public async Task Another_root_key_stops_the_start_and_says_what_to_do()
    {
        await OpenAsync();
        await File.WriteAllBytesAsync(RootFile, new byte[32]);

        var stopped = await Assert.ThrowsAsync<KeyRingException>(() => OpenAsync());

        Assert.Contains("does not open this database's key", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_root_key_is_not_made_anew_over_existing_keys()
    {
        await OpenAsync();
        File.Delete(RootFile);

        var stopped = await Assert.ThrowsAsync<KeyRingException>(() => OpenAsync());

        Assert.Contains("is missing", stopped.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(RootFile));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public async Task Root_key_of_another_size_stops_the_start(int size)
    {
        await OpenAsync();
        await File.WriteAllBytesAsync(RootFile, new byte[size]);

        Assert.Contains($"has {size} bytes", (await Assert.ThrowsAsync<KeyRingException>(() => OpenAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_key_that_others_can_read_stops_the_start()
    {
        await OpenAsync();
        File.SetUnixFileMode(RootFile, File.GetUnixFileMode(RootFile) | UnixFileMode.OtherRead);

        Assert.Contains("Set its mode to 0600", (await Assert.ThrowsAsync<KeyRingException>(() => OpenAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("base64")]
    [InlineData("hex")]
    public async Task Root_key_may_be_given_by_a_file_in_three_forms(string form)
    {
        var key = Enumerable.Range(0, 32).Select(i => (byte)(200 + i)).ToArray();
        var file = Path.Combine(_folder.Path, "given");
        await File.WriteAllBytesAsync(file, form switch
        {
            "raw" => key,
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"),
            _ => Encoding.ASCII.GetBytes(Convert.ToHexString(key) + "\n"),
        });

        var envelope = (await OpenAsync($"file:{file}")).Seal(Tenant, KeyPurposes.Secrets, "x"u8, "c");
        await File.WriteAllBytesAsync(file, key);

        Assert.True((await OpenAsync($"file:{file}")).TryOpen(Tenant, KeyPurposes.Secrets, envelope, "c", out _));
        Assert.False(File.Exists(RootFile));
    }

    [Theory]
    [InlineData("file:/nowhere/at/all")]
    [InlineData("env:QROSSING_TESTS_NOT_SET")]
    [InlineData("plain")]
    public async Task Root_key_that_is_not_where_it_was_said_stops_the_start(string place) =>
        Assert.Contains(place, (await Assert.ThrowsAsync<KeyRingException>(() => OpenAsync(place))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Two_first_uses_of_a_key_at_once_end_with_the_same_key()
    {
        var ring = await OpenAsync();

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => ring.KeyAsync(Tenant, KeyPurposes.OfSubject("s1"), CancellationToken.None))));

        Assert.Single(keys.Select(key => Convert.ToHexString(key.Bytes)).Distinct());
        Assert.Equal(5, _store.Count);
    }

    [Fact]
    public async Task Wrapped_key_moved_to_another_purpose_does_not_open()
    {
        await OpenAsync();
        var audit = (await _store.ListAsync(CancellationToken.None)).Single(key => key.Purpose == KeyPurposes.Audit);
        _store.Replace(audit with { Purpose = KeyPurposes.Secrets });

        await Assert.ThrowsAsync<KeyRingException>(() => OpenAsync());
    }

    private async Task<KeyRing> OpenAsync(string? rootKey = null)
    {
        var options = new SecretsOptions { RootKey = rootKey is null ? null : new SecretRef(rootKey) };
        var ring = new KeyRing(options, _folder.Path, _store, _store, TimeProvider.System, NullLogger<KeyRing>.Instance);
        await ring.OpenAsync(CancellationToken.None);
        return ring;
    }
}
