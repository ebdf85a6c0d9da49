using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Audit.Integration;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Formats.Transparency;

namespace Qrossing.Tests.Core.Audit.Integration;

[Trait("Kind", "unit")]
public sealed class AuditIntegrationWorkerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1_300)]
    public async Task Every_entry_is_proven_under_the_signed_checkpoint(int count)
    {
        await using var world = await World.StartAsync();
        await AppendAsync(world, count);
        await world.RunAsync<AuditIntegrationWorker>();
        await world.Get<AuditHead>().WaitForAsync(count - 1, Cancellation);

        var checkpoint = await CheckpointAsync(world);
        Assert.Equal(("qrossing/test", count), (checkpoint.Origin, checkpoint.Size));
        foreach (var leaf in new[] { 0, count / 2, count - 1 })
        {
            var proof = (await world.Get<AuditReader>().GetAsync(world.Context, leaf, Cancellation)).Value!;
            Assert.True(MerkleProof.VerifyInclusion(Rfc6962.LeafHash(proof.Record.Entry.Span), leaf, count, proof.Path, checkpoint.Root));
            Assert.Equal($"{{\"n\":{leaf}}}", proof.Payload!.Text);
        }

        Assert.True((await world.Get<AuditVerifier>().VerifyAsync(world.Get<NoteSigner>().VerifierKey, Cancellation)).IsSound);
    }

    [Fact]
    public async Task Tree_grown_over_restarts_is_the_tree_of_all_entries()
    {
        await using var world = await World.StartAsync();
        var checkpoints = new List<Checkpoint>();
        var total = 0;
        foreach (var more in new[] { 3, 250, 3, 512, 1, 300 })
        {
            await world.RunAsync<AuditIntegrationWorker>();
            await AppendAsync(world, more);
            total += more;
            await world.Get<AuditHead>().WaitForAsync(total - 1, Cancellation);
            checkpoints.Add(await CheckpointAsync(world));
            await world.RestartAsync();
        }

        var newest = checkpoints[^1];
        foreach (var former in checkpoints)
        {
            var proof = await world.Get<AuditReader>().ConsistencyAsync(former.Size, Cancellation);
            Assert.True(MerkleProof.VerifyConsistency(former.Size, newest.Size, proof!, former.Root, newest.Root));
        }

        var verification = await world.Get<AuditVerifier>().VerifyAsync(world.Get<NoteSigner>().VerifierKey, Cancellation);
        Assert.Equal((total, total, total, 0, true), (verification.Entries, verification.Integrated, verification.Opened, verification.Erased, verification.IsSound));
        Assert.Null(await world.Get<AuditReader>().ConsistencyAsync(newest.Size + 1, Cancellation));
    }

    [Fact]
    public async Task Tiles_and_bundles_are_those_of_the_tree()
    {
        await using var world = await World.StartAsync();
        await AppendAsync(world, 300);
        await world.RunAsync<AuditIntegrationWorker>();
        await world.Get<AuditHead>().WaitForAsync(299, Cancellation);
        var reader = world.Get<AuditReader>();

        var full = (await reader.TileAsync(TilePath.Hashes(0, 0), Cancellation))!;
        var partial = (await reader.TileAsync(TilePath.Hashes(0, 1, 44), Cancellation))!;
        var narrower = (await reader.TileAsync(TilePath.Hashes(0, 1, 10), Cancellation))!;
        var above = (await reader.TileAsync(TilePath.Hashes(1, 0, 1), Cancellation))!;
        Assert.Equal((256 * 32, 44 * 32), (full.Length, partial.Length));
        Assert.Equal(partial[..320], narrower);
        Assert.Equal(32, above.Length);
        Assert.True(EntryBundle.TryDecode(await reader.TileAsync(TilePath.Bundle(1, 44), Cancellation), out var entries));
        Assert.Equal(44, entries.Count);
        Assert.Equal(partial[(43 * 32)..], Rfc6962.LeafHash(entries[43].Span));

        foreach (var absent in new[] { TilePath.Hashes(0, 1), TilePath.Hashes(0, 1, 45), TilePath.Hashes(0, 2, 1), TilePath.Hashes(1, 0, 2), TilePath.Hashes(9, 0, 1), TilePath.Bundle(1), TilePath.Bundle(7, 1) })
        {
            Assert.Null(await reader.TileAsync(absent, Cancellation));
        }
    }

    [Fact]
    public async Task Entry_of_another_tenant_or_beyond_the_tree_is_not_shown()
    {
        await using var world = await World.StartAsync();
        await AppendAsync(world, 1);
        var reader = world.Get<AuditReader>();
        Assert.Equal("audit.not_integrated", (await reader.GetAsync(world.Context, 0, Cancellation)).Refusal?.Error.Code);
        Assert.Equal("audit.not_found", (await reader.GetAsync(world.Context, 1, Cancellation)).Refusal?.Error.Code);
        Assert.Equal("audit.not_found", (await reader.GetAsync(world.Context, -1, Cancellation)).Refusal?.Error.Code);
        var stranger = world.Context with { Caller = world.Context.Caller with { Tenant = new TenantId("other") } };
        Assert.Equal("audit.not_found", (await reader.GetAsync(stranger, 0, Cancellation)).Refusal?.Error.Code);
        Assert.Null(await reader.CheckpointAsync(Cancellation));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET entry = replace(CAST(entry AS TEXT), 'test.n', 'test.m') WHERE leaf = 3", "Entry 3 says otherwise")]
    [InlineData("UPDATE audit_entries SET actor = 'somebody' WHERE leaf = 3", "Entry 3 says otherwise")]
    [InlineData("UPDATE audit_entries SET sealed = (SELECT sealed FROM audit_entries WHERE leaf = 4) WHERE leaf = 3", "The payload of entry 3")]
    [InlineData("UPDATE audit_entries SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) || CASE substr(sealed, -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB) WHERE leaf = 3", "The payload of entry 3 does not open")]
    [InlineData("UPDATE audit_entries SET sealed = x'05' WHERE leaf = 3", "The payload of entry 3 does not open")]
    [InlineData("DELETE FROM audit_tree", "There is no tree over 10 entries")]
    [InlineData("UPDATE audit_tiles SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB) WHERE level = 0", "The tile tile/0/000 is not the one")]
    [InlineData("DELETE FROM audit_tiles WHERE level = 0", "The tile tile/0/000 is not the one")]
    [InlineData("DELETE FROM audit_entries WHERE leaf = 9", "The tree has 10 leaves, the log 9 entries")]
    [InlineData("UPDATE audit_tree SET size = 9", "The checkpoint is over 10 leaves")]
    [InlineData("UPDATE audit_tree SET checkpoint = replace(checkpoint, 'qrossing/test', 'qrossing/best')", "The checkpoint is not signed")]
    public async Task Tampering_with_the_database_is_found(string sql, string problem)
    {
        await using var world = await World.StartAsync();
        await AppendAsync(world, 10);
        await world.RunAsync<AuditIntegrationWorker>();
        await world.Get<AuditHead>().WaitForAsync(9, Cancellation);
        await using (var connection = new SqliteConnection($"Data Source={world.DatabasePath}"))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
        }

        var verification = await world.Get<AuditVerifier>().VerifyAsync(world.Get<NoteSigner>().VerifierKey, Cancellation);
        Assert.Contains(verification.Problems, found => found.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_that_was_cut_back_or_rewritten_is_found_with_a_checkpoint_that_was_kept()
    {
        await using var kept = await World.StartAsync();
        await AppendAsync(kept, 10);
        await kept.RunAsync<AuditIntegrationWorker>();
        await kept.Get<AuditHead>().WaitForAsync(9, Cancellation);
        var early = await CheckpointAsync(kept);
        await AppendAsync(kept, 300);
        await kept.Get<AuditHead>().WaitForAsync(309, Cancellation);

        var sound = await kept.Get<AuditVerifier>().VerifyAsync(kept.Get<NoteSigner>().VerifierKey, early, Cancellation);
        var cut = await kept.Get<AuditVerifier>().VerifyAsync(kept.Get<NoteSigner>().VerifierKey, new Checkpoint(early.Origin, 311, early.Root), Cancellation);
        var rewritten = await kept.Get<AuditVerifier>().VerifyAsync(kept.Get<NoteSigner>().VerifierKey, new Checkpoint(early.Origin, 11, early.Root), Cancellation);

        Assert.True(sound.IsSound, string.Join(' ', sound.Problems));
        Assert.StartsWith("The log was cut", Assert.Single(cut.Problems), StringComparison.Ordinal);
        Assert.StartsWith("The first 11 entries", Assert.Single(rewritten.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emptied_envelope_is_an_erasure_and_no_tampering()
    {
        await using var world = await World.StartAsync();
        await AppendAsync(world, 2);
        await world.RunAsync<AuditIntegrationWorker>();
        await world.Get<AuditHead>().WaitForAsync(1, Cancellation);
        await using (var connection = new SqliteConnection($"Data Source={world.DatabasePath}"))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE audit_entries SET sealed = x'' WHERE leaf = 1";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        var verification = await world.Get<AuditVerifier>().VerifyAsync(world.Get<NoteSigner>().VerifierKey, Cancellation);
        Assert.Equal((true, 1, 1), (verification.IsSound, verification.Opened, verification.Erased));
    }

    [Fact]
    public async Task Erased_payload_leaves_a_sound_log()
    {
        await using var world = await World.StartAsync();
        await world.WriteAsync(session =>
        {
            session.Append(new AuditDraft { Tenant = TenantId.Default, Action = "test.n", Actor = "system", DataSubject = "usr_1", Payload = [] });
            return true;
        });
        await world.RunAsync<AuditIntegrationWorker>();
        await world.Get<AuditHead>().WaitForAsync(0, Cancellation);
        world.Keys.Erase(TenantId.Default, KeyPurposes.OfSubject("usr_1"));

        var verification = await world.Get<AuditVerifier>().VerifyAsync(world.Get<NoteSigner>().VerifierKey, Cancellation);
        Assert.Equal((true, 0, 1), (verification.IsSound, verification.Opened, verification.Erased));
    }

    private static async Task<Checkpoint> CheckpointAsync(World world)
    {
        var text = await world.Get<AuditReader>().CheckpointAsync(Cancellation);
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(text!), out var note));
        Assert.True(world.Get<NoteSigner>().VerifierKey.Verify(note));
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint));
        return checkpoint;
    }

    private static async Task AppendAsync(World world, int count)
    {
        var from = (int)await world.Get<IAuditStore>().CountAsync(Cancellation);
        foreach (var chunk in Enumerable.Range(from, count).Chunk(200))
        {
            await world.WriteAsync(session => Append(session, chunk));
        }
    }

    private static bool Append(IWriteSession session, int[] numbers)
    {
        foreach (var n in numbers)
        {
            session.Append(new AuditDraft
            {
                Tenant = TenantId.Default,
                Action = "test.n",
                Actor = "system",
                Payload = new JsonObject { ["n"] = n },
            });
        }

        return true;
    }
}
