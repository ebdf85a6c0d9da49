using Qrossing.Abstractions.Cloud;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Cloud.Local;
using Qrossing.Formats.Ipld;
using Qrossing.TestKit.Calls;

namespace Qrossing.ContractTests.Cloud.Local;

/// <summary>What is particular to the store on disk; the general rules are in the compliance suite.</summary>
[Trait("Kind", "contract")]
public sealed class LocalConnectorTests : IAsyncDisposable
{
    private readonly LocalFixture _fixture = new();
    private readonly LocalConnector _store = new(new LocalOptions());

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Digests_are_on_disk_before_the_content_takes_its_name()
    {
        var stored = await PutAsync(new byte[300_000]);
        Assert.Equal([LocalWire.LeavesName(stored.Cid), LocalWire.BlobName(stored.Cid)], _fixture.Calls.Files.Written);
        Assert.Equal($"blobs/{stored.Cid[^2..]}/{stored.Cid}", LocalWire.BlobName(stored.Cid));
        Assert.Equal(2 * 32, new FileInfo(_fixture.Calls.Files.PathOf(LocalWire.LeavesName(stored.Cid))).Length);
    }

    [Fact]
    public async Task Put_interrupted_after_the_digests_is_absent_and_succeeds_when_repeated()
    {
        var request = await RequestAsync([1, 2, 3]);
        await _fixture.Calls.Files.ReplaceAsync(LocalWire.LeavesName(request.Cid), request.LeafDigests, CancellationToken.None);
        var lookup = await _store.LookUpObjectAsync(request.Cid, _fixture.Calls.Create(), CancellationToken.None);
        Assert.IsType<Lookup<StoredObject>.DefinitelyAbsent>(lookup.Value);
        Assert.True((await _store.PutObjectAsync(request, _fixture.Calls.Create(), CancellationToken.None)).IsSuccess);
    }

    [Fact]
    public async Task Digests_that_do_not_prove_the_content_id_are_never_trusted()
    {
        var stored = await PutAsync(new byte[600_000]);
        var leaves = _fixture.Calls.Files.PathOf(LocalWire.LeavesName(stored.Cid));
        var bytes = await File.ReadAllBytesAsync(leaves);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(leaves, bytes);

        var read = await _store.GetObjectAsync(new GetObject { Cid = stored.Cid }, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal((FaultKind.Rejected, "objects.corrupt"), (read.Fault!.Kind, read.Fault.Code));
        var lookup = await _store.LookUpObjectAsync(stored.Cid, _fixture.Calls.Create(), CancellationToken.None);
        Assert.IsType<Lookup<StoredObject>.CannotTell>(lookup.Value);
    }

    [Fact]
    public async Task Content_without_its_digests_gets_them_back_with_the_next_put()
    {
        var content = new byte[600_000];
        var stored = await PutAsync(content);
        File.Delete(_fixture.Calls.Files.PathOf(LocalWire.LeavesName(stored.Cid)));
        await PutAsync(content);
        Assert.True((await _store.GetObjectAsync(new GetObject { Cid = stored.Cid }, _fixture.Calls.Create(), CancellationToken.None)).IsSuccess);
    }

    [Fact]
    public async Task Damaged_content_without_a_body_to_replace_it_is_named_and_kept()
    {
        var request = await RequestAsync(new byte[10]);
        await _store.PutObjectAsync(request, _fixture.Calls.Create(), CancellationToken.None);
        await _fixture.DamageAsync(request.Cid, 3);
        var again = await _store.PutObjectAsync(request, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal("objects.corrupt", again.Fault!.Code);
        Assert.True(File.Exists(_fixture.Calls.Files.PathOf(LocalWire.BlobName(request.Cid))));
    }

    [Fact]
    public async Task Content_cut_short_on_disk_is_never_read_as_whole()
    {
        var stored = await PutAsync(new byte[600_000]);
        await using (var file = new FileStream(_fixture.Calls.Files.PathOf(LocalWire.BlobName(stored.Cid)), FileMode.Open))
        {
            file.SetLength(599_999);
        }

        var read = await _store.GetObjectAsync(new GetObject { Cid = stored.Cid }, _fixture.Calls.Create(), CancellationToken.None);
        Assert.Equal("objects.corrupt", read.Fault!.Code);
    }

    [Fact]
    public async Task Content_is_found_by_any_spelling_of_its_id()
    {
        var stored = await PutAsync([1, 2, 3]);
        Assert.True(Cid.TryParse(stored.Cid, out var cid));
        var lookup = await _store.LookUpObjectAsync(cid.ToString(MultibaseEncoding.Base58Btc), _fixture.Calls.Create(), CancellationToken.None);
        Assert.IsType<Lookup<StoredObject>.Found>(lookup.Value);
    }

    private async Task<StoredObject> PutAsync(byte[] content) =>
        (await _store.PutObjectAsync(await RequestAsync(content), _fixture.Calls.Create(), CancellationToken.None)).Value!;

    private async Task<PutObject> RequestAsync(byte[] content)
    {
        using var builder = new UnixFsBuilder();
        builder.Append(content);
        var file = builder.Finish();
        return new PutObject
        {
            Cid = file.Root.ToString(),
            Size = file.Size,
            Sha256 = file.Sha256,
            LeafDigests = file.LeafDigests,
            ContentType = "text/plain",
            Body = await FileBody.WriteAsync(Path.Combine(_fixture.Folder.Path, "spool"), content),
        };
    }
}
