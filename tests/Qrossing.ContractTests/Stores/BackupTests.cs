using System.Globalization;
using Qrossing.Core.Audit;
using Qrossing.Core.Events;
using Qrossing.Data.Backups;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;

namespace Qrossing.ContractTests.Stores;

/// <summary>Backups of one engine, restored into both.</summary>
public abstract class BackupTests(StoreEngine engine, params StoreEngine[] targets) : StoreTests(engine)
{
    [Fact]
    public async Task Backup_restores_every_row_into_an_empty_database_and_marks_it()
    {
        using var folder = new TemporaryFolder("backup");
        var effect = Samples.FullEffect();
        var subscription = Samples.Subscription();
        var logEvent = new LogEvent { Tenant = Samples.Tenant, Id = "π\u2028\"", Source = "/s", Type = "t", Data = new byte[] { 0, 10, 255 } };
        await Db.WriteAsync(session =>
        {
            Db.Effects.Insert(session, effect);
            Db.Subscriptions.Insert(session, subscription);
            session.Append(logEvent);
            session.Append(Samples.Draft());
            Db.Audit.Integrate(session, new AuditTree(1, new byte[32], "note"), [new AuditTile(0, 0, new byte[32])]);
        });

        var backup = await Db.Get<Backup>().WriteAsync(new BackupOptions { Directory = Path.Combine(folder.Path, "b") }, Cancel);

        Assert.Equal((2L, Db.Database.Engine), (backup.Position, backup.Engine));
        foreach (var target in targets)
        {
            var (options, removal) = await target.NewAsync();
            await using var removed = removal;
            await using var restored = new TestDatabase(options);
            await restored.Get<Restore>().ReadAsync(new RestoreOptions { Directory = Path.Combine(folder.Path, "b"), MarkFile = Path.Combine(folder.Path, "mark", target.GetType().Name) }, Cancel);
            Assert.NotNull(await restored.Database.RestoredAtAsync(Cancel));
            await restored.Database.OpenAsync(Cancel);
            Assert.Equal(Db.Database.Epoch + 1, restored.Database.Epoch);
            Assert.Equal(2 + Restore.PositionGap, restored.Head.Position);
            var back = await restored.Effects.GetAsync(Samples.Tenant, effect.Id, Cancel);
            Assert.Equal(effect with { Request = back!.Request, Prepared = back.Prepared, Result = back.Result }, back);
            Assert.Equal(effect.Prepared!.Value.ToArray(), back.Prepared!.Value.ToArray());
            Assert.Equivalent(subscription, await restored.Subscriptions.GetAsync(Samples.Tenant, subscription.Id, Cancel), strict: true);
            var found = (await restored.Events.FindAsync(Samples.Tenant, "/s", logEvent.Id, Cancel))!;
            Assert.Equal(logEvent.Data!.Value.ToArray(), found.Data!.Value.ToArray());
            Assert.Equal("note", (await restored.Audit.GetTreeAsync(Cancel)).Checkpoint);
            var next = Samples.Event("next");
            await restored.WriteAsync(session => session.Append(next));
            Assert.Equal(3 + Restore.PositionGap, next.Position);
        }
    }

    [Fact]
    public async Task Backup_taken_while_units_are_written_is_one_consistent_state()
    {
        using var folder = new TemporaryFolder("backup");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var written = 0;
        var writing = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var n = (++written).ToString(CultureInfo.InvariantCulture);
                    await Db.WriteAsync(session =>
                    {
                        Db.Effects.Insert(session, Samples.Effect());
                        session.Append(Samples.Event(n));
                        session.Append(Samples.Draft());
                    });
                }
            },
            Cancel);
        while (Db.Head.Position < 20)
        {
            await Db.Head.WaitAsync(Db.Head.Position, Cancel);
        }

        var backup = await Db.Get<Backup>().WriteAsync(new BackupOptions { Directory = folder.Path }, Cancel);
        await stop.CancelAsync();
        await writing;

        var rows = backup.Tables.ToDictionary(table => table.Name, table => table.Rows);
        Assert.True(backup.Position >= 20);
        Assert.Equal(backup.Position, rows["events"] * 2);
        Assert.Equal((rows["events"], rows["events"]), (rows["effects"], rows["audit_entries"]));
    }

    [Fact]
    public async Task Root_key_and_directories_go_along_only_when_asked()
    {
        using var folder = new TemporaryFolder("backup");
        string Under(string name) => Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Under("objects/ab"));
        Directory.CreateDirectory(Under("objects/ab/.tmp"));
        await File.WriteAllTextAsync(Under("objects/ab/cd"), "content", Cancel);
        await File.WriteAllTextAsync(Under("objects/ab/.tmp/half"), "con", Cancel);
        await File.WriteAllTextAsync(Under("key"), "root", Cancel);
        var backup = Db.Get<Backup>();

        var bare = await backup.WriteAsync(new BackupOptions { Directory = Under("bare") }, Cancel);
        var whole = await backup.WriteAsync(
            new BackupOptions { Directory = Under("whole"), RootKeyFile = Under("key"), Trees = [new("spool", Under("none")), new("connections", Under("objects"))] }, Cancel);

        Assert.DoesNotContain(bare.Files, file => file.Path.StartsWith("connections/", StringComparison.Ordinal) || file.Path == "root.key");
        Assert.Equal(["connections/ab/cd"], whole.Files.Select(file => file.Path).Where(path => path.StartsWith("connections/", StringComparison.Ordinal)));
        var (options, removal) = await Engine.NewAsync();
        await using var removed = removal;
        await using var restored = new TestDatabase(options);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => restored.Get<Restore>().ReadAsync(new RestoreOptions { Directory = Under("bare"), RootKeyFile = Under("key2"), MarkFile = Under("mark") }, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => restored.Get<Restore>().ReadAsync(new RestoreOptions { Directory = Under("whole"), RootKeyFile = Under("key"), MarkFile = Under("mark") }, Cancel));
        await restored.Get<Restore>().ReadAsync(
            new RestoreOptions { Directory = Under("whole"), RootKeyFile = Under("keys/key2"), Trees = [new("spool", Under("none2")), new("connections", Under("objects2"))], MarkFile = Under("mark") }, Cancel);
        Assert.False(File.Exists(Under("mark")));
        Assert.Equal("root", await File.ReadAllTextAsync(Under("keys/key2"), Cancel));
        Assert.Equal("content", await File.ReadAllTextAsync(Under("objects2/ab/cd"), Cancel));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Under("keys/key2")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Under("keys")));
        }
    }

    [Fact]
    public async Task A_restore_that_was_cut_short_may_begin_anew()
    {
        using var folder = new TemporaryFolder("backup");
        string Under(string name) => Path.Combine(folder.Path, name);
        await Db.WriteAsync(session => session.Append(Samples.Event("1")));
        Directory.CreateDirectory(Under("objects"));
        await File.WriteAllTextAsync(Under("objects/a"), "content", Cancel);
        await File.WriteAllTextAsync(Under("key"), "root", Cancel);
        await Db.Get<Backup>().WriteAsync(new BackupOptions { Directory = Under("b"), RootKeyFile = Under("key"), Trees = [new("connections", Under("objects"))] }, Cancel);

        var (options, removal) = await Engine.NewAsync();
        await using var removed = removal;
        await using var target = new TestDatabase(options);
        var restore = new RestoreOptions { Directory = Under("b"), RootKeyFile = Under("key2"), Trees = [new("connections", Under("objects2"))], MarkFile = Under("mark") };
        await target.Get<Restore>().ReadAsync(restore, Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => target.Get<Restore>().ReadAsync(restore, Cancel));

        // As a kill after the tables were loaded leaves it.
        await File.WriteAllTextAsync(Under("mark"), string.Empty, Cancel);
        await File.WriteAllTextAsync(Under("objects2/half"), "con", Cancel);
        await target.Get<Restore>().ReadAsync(restore, Cancel);
        Assert.Equal([Under("objects2/a")], Directory.GetFiles(Under("objects2")));
        Assert.False(File.Exists(Under("mark")));
        await target.Database.OpenAsync(Cancel);
        Assert.NotNull(await target.Events.FindAsync(Samples.Tenant, Samples.Event("1").Source, Samples.Event("1").Id, Cancel));
    }

    [Fact]
    public async Task Restore_refuses_a_database_that_was_opened_before_and_a_damaged_backup()
    {
        using var folder = new TemporaryFolder("backup");
        await Db.WriteAsync(session => session.Append(Samples.Event("1")));
        var manifest = await Db.Get<Backup>().WriteAsync(new BackupOptions { Directory = folder.Path }, Cancel);
        var options = new RestoreOptions { Directory = folder.Path, MarkFile = $"{folder.Path}.mark" };
        await Assert.ThrowsAsync<InvalidOperationException>(() => Db.Get<Restore>().ReadAsync(options, Cancel));

        var (target, removal) = await Engine.NewAsync();
        await using var removed = removal;
        await using var empty = new TestDatabase(target);
        var events = Path.Combine(folder.Path, manifest.Tables.Single(table => table.Name == "events").File);
        var intact = await File.ReadAllBytesAsync(events, Cancel);
        await File.WriteAllBytesAsync(events, [.. intact[..^2], (byte)' ', (byte)'\n'], Cancel);
        await Assert.ThrowsAsync<InvalidDataException>(() => empty.Get<Restore>().ReadAsync(options, Cancel));
        await File.WriteAllBytesAsync(events, intact, Cancel);
        var path = Path.Combine(folder.Path, "manifest.json");
        var json = await File.ReadAllTextAsync(path, Cancel);
        foreach (var bad in new[]
        {
            "{", json.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal), json.Replace(manifest.Schema, "9999_future.sql", StringComparison.Ordinal),
            json.Replace("\"name\": \"events\"", "\"name\": \"events; DROP TABLE x\"", StringComparison.Ordinal),
            json.Replace("tenant:text", "tenant, x:text", StringComparison.Ordinal), json.Replace("\"path\": \"tables", "\"path\": \"../tables", StringComparison.Ordinal),
        })
        {
            Assert.NotEqual(json, bad);
            await File.WriteAllTextAsync(path, bad, Cancel);
            await Assert.ThrowsAsync<InvalidDataException>(() => empty.Get<Restore>().ReadAsync(options, Cancel));
        }

        await File.WriteAllTextAsync(path, json, Cancel);
        await empty.Get<Restore>().ReadAsync(options, Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Db.Get<Backup>().WriteAsync(new BackupOptions { Directory = folder.Path }, Cancel));
    }
}

public sealed class SqliteBackupTests() : BackupTests(new SqliteStores(), new SqliteStores());

[Trait("Needs", "postgres")]
public sealed class PostgreSqlBackupTests(CounterpartHost counterparts)
    : BackupTests(new PostgreSqlStores(counterparts), new PostgreSqlStores(counterparts), new SqliteStores());

[Trait("Needs", "postgres")]
public sealed class SqliteToPostgreSqlBackupTests(CounterpartHost counterparts) : BackupTests(new SqliteStores(), new PostgreSqlStores(counterparts));
