using Qrossing.Abstractions.Cloud;
using Qrossing.Abstractions.Connectors;
using Qrossing.Formats.Ipld;
using Qrossing.TestKit.Calls;

namespace Qrossing.TestKit.Compliance;

/// <summary>What <see cref="StoresObjectsCompliance"/> needs of a store.</summary>
public interface IStoresObjectsFixture
{
    /// <summary>Changes one stored byte behind the connector's back, as a bad disk does.</summary>
    Task DamageAsync(string cid, long offset);
}

/// <summary>Rules for <see cref="IStoresObjects"/>.</summary>
public sealed class StoresObjectsCompliance(ConnectorFixture fixture) : ComplianceSuite<IStoresObjects, IStoresObjectsFixture>(fixture)
{
    private const int Chunk = UnixFsLayout.ChunkSize;

    private static readonly int[] Sizes = [0, 1, Chunk - 1, Chunk, Chunk + 1, (3 * Chunk) + 7];

    public async Task What_is_put_is_found_and_read_back()
    {
        foreach (var size in Sizes)
        {
            var content = Content(size);
            var put = Demand.Success(await PutAsync(content));
            Demand.That(put.Size == size, $"{size} bytes were stored as {put.Size}.");
            var lookup = Demand.Success(await Connector.LookUpObjectAsync(put.Cid, Call(), CancellationToken.None));
            Demand.That(lookup is Lookup<StoredObject>.Found { Result: var found } && found == put, $"What was put is looked up as {lookup}.");
            var read = await ReadAsync(new GetObject { Cid = put.Cid });
            Demand.That(read.AsSpan().SequenceEqual(content), $"{size} bytes came back different.");
        }
    }

    public async Task Put_a_second_time_changes_nothing()
    {
        var content = Content(Chunk + 1);
        var first = Demand.Success(await PutAsync(content));
        var written = Fixture.Calls.Files.Written.Count;
        var second = Demand.Success(await PutAsync(content));
        Demand.That(first == second, "The second put answered something else.");
        Demand.That(Fixture.Calls.Files.Written.Count == written, "The second put wrote files.");
    }

    public async Task Put_repeated_after_its_body_was_taken_over_succeeds()
    {
        var request = await RequestAsync(Content(Chunk + 1));
        Demand.Success(await Connector.PutObjectAsync(request, Call(), CancellationToken.None));
        Demand.Success(await Connector.PutObjectAsync(request, Call(), CancellationToken.None));
    }

    public async Task What_was_never_put_is_absent()
    {
        var cid = (await RequestAsync(Content(5))).Cid;
        var lookup = Demand.Success(await Connector.LookUpObjectAsync(cid, Call(), CancellationToken.None));
        Demand.That(lookup is Lookup<StoredObject>.DefinitelyAbsent, $"What was never put is looked up as {lookup}.");
        Demand.Fault(await Connector.GetObjectAsync(new GetObject { Cid = cid }, Call(), CancellationToken.None), FaultKind.NotFound);
    }

    public async Task Ranges_give_exactly_their_bytes()
    {
        var content = Content((2 * Chunk) + 100);
        var cid = Demand.Success(await PutAsync(content)).Cid;
        foreach (var (offset, length) in new (int, int?)[] { (0, 1), (Chunk - 1, 2), (Chunk, Chunk), (content.Length - 1, null), (17, Chunk + 20), (100, int.MaxValue), (content.Length, null), (5, 0) })
        {
            var expected = content.AsMemory(offset, Math.Min(length ?? int.MaxValue, content.Length - offset));
            var read = await ReadAsync(new GetObject { Cid = cid, Offset = offset, Length = length });
            Demand.That(read.AsSpan().SequenceEqual(expected.Span), $"The range from {offset} of {length} bytes is wrong.");
        }

        Demand.Fault(await Connector.GetObjectAsync(new GetObject { Cid = cid, Offset = content.Length + 1 }, Call(), CancellationToken.None), FaultKind.Invalid);
        Demand.Fault(await Connector.GetObjectAsync(new GetObject { Cid = cid, Offset = -1 }, Call(), CancellationToken.None), FaultKind.Invalid);
    }

    public async Task Content_that_is_not_its_id_is_refused_and_not_stored()
    {
        var request = await RequestAsync(Content(Chunk + 1));
        var other = await RequestAsync(Content(Chunk + 2));
        Demand.Fault(await Connector.PutObjectAsync(request with { Cid = other.Cid }, Call(), CancellationToken.None), FaultKind.Invalid);
        var lookup = Demand.Success(await Connector.LookUpObjectAsync(other.Cid, Call(), CancellationToken.None));
        Demand.That(lookup is Lookup<StoredObject>.DefinitelyAbsent, "Refused content was stored.");
    }

    public async Task Text_that_is_no_content_id_is_invalid()
    {
        foreach (var text in new[] { "", "nonsense", "../../etc/passwd", "bafkrei" })
        {
            Demand.Fault(await Connector.LookUpObjectAsync(text, Call(), CancellationToken.None), FaultKind.Invalid);
            Demand.Fault(await Connector.GetObjectAsync(new GetObject { Cid = text }, Call(), CancellationToken.None), FaultKind.Invalid);
        }
    }

    public async Task No_byte_of_a_damaged_chunk_is_handed_out()
    {
        var content = Content(3 * Chunk);
        var cid = Demand.Success(await PutAsync(content)).Cid;
        await Peer.DamageAsync(cid, Chunk + 10);
        await using var stored = Demand.Success(await Connector.GetObjectAsync(new GetObject { Cid = cid }, Call(), CancellationToken.None));
        using var read = new MemoryStream();
        try
        {
            await stored.Body.CopyToAsync(read);
        }
        catch (ContentCorruptException)
        {
            Demand.That(read.Length <= Chunk, "Bytes of the damaged chunk were handed out.");
            Demand.That(read.ToArray().AsSpan().SequenceEqual(content.AsSpan(0, (int)read.Length)), "Wrong bytes were handed out.");
            return;
        }

        throw new ComplianceException("Damaged content was read without an exception.");
    }

    public async Task Damaged_content_is_healed_by_the_next_put()
    {
        var content = Content(2 * Chunk);
        var cid = Demand.Success(await PutAsync(content)).Cid;
        await Peer.DamageAsync(cid, 3);
        Demand.Success(await PutAsync(content));
        Demand.That((await ReadAsync(new GetObject { Cid = cid })).AsSpan().SequenceEqual(content), "The content is still damaged.");
    }

    private static byte[] Content(int size)
    {
        // Any pattern does in which chunks differ.
        var content = new byte[size];
        for (var i = 0; i < size; i++)
        {
            content[i] = (byte)((i * 31) ^ (i >> 11));
        }

        return content;
    }

    private ConnectorCall Call() => Fixture.Calls.Create();

    private async Task<ConnectorResult<StoredObject>> PutAsync(byte[] content) =>
        await Connector.PutObjectAsync(await RequestAsync(content), Call(), CancellationToken.None);

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
            ContentType = "application/octet-stream",
            Body = await FileBody.WriteAsync(Path.Combine(Fixture.Folder.Path, "spool"), content),
        };
    }

    private async Task<byte[]> ReadAsync(GetObject request)
    {
        await using var stored = Demand.Success(await Connector.GetObjectAsync(request, Call(), CancellationToken.None));
        using var read = new MemoryStream();
        await stored.Body.CopyToAsync(read);
        return read.ToArray();
    }
}
