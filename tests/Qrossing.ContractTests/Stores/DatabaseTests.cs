using System.Globalization;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;

namespace Qrossing.ContractTests.Stores;

public abstract class DatabaseTests(StoreEngine engine) : StoreTests(engine)
{
    [Fact]
    public async Task Restart_raises_the_epoch_and_goes_on_where_the_log_stood()
    {
        var first = Db.Database.Epoch;
        await Db.WriteAsync(session =>
        {
            Assert.Equal(first, session.Epoch);
            session.Append(Samples.Event("1"));
        });
        await Db.DisposeAsync();

        Db = await TestDatabase.OpenAsync(Db.Options);

        Assert.Equal(first + 1, Db.Database.Epoch);
        Assert.Equal(1, Db.Head.Position);
        var next = Samples.Event("2");
        await Db.WriteAsync(session => session.Append(next));
        Assert.Equal(2, next.Position);
    }

    [Fact]
    public async Task Database_can_be_closed_and_opened_again()
    {
        await Db.Database.CloseAsync(Cancel);
        Assert.Equal(0, Db.Database.Epoch);

        await Db.Database.OpenAsync(Cancel);

        Assert.Equal(2, Db.Database.Epoch);
        await Db.WriteAsync(session => session.Append(Samples.Event("1")));
    }

    [Fact]
    public async Task Second_owner_is_refused_with_the_first_ones_process_named_while_that_one_goes_on()
    {
        await using var second = new TestDatabase(Db.Options);

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => second.Database.OpenAsync(Cancel));

        Assert.Equal("storage.not_owner", refused.Code);
        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => second.WriteAsync(session => session.Append(Samples.Event("x"))));
        await Db.WriteAsync(session => session.Append(Samples.Event("1")));
        Assert.False(Db.Database.OwnershipLost.IsCancellationRequested);
    }

    [Fact]
    public async Task Schema_is_checked_before_opening()
    {
        var (options, removal) = await Engine.NewAsync();
        await using var removed = removal;
        await using var empty = new TestDatabase(options);
        Assert.Contains("0001_log.sql", await empty.Database.CheckSchemaAsync(Cancel), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => empty.Database.OpenAsync(Cancel));
        Assert.Equal(0, empty.Database.Epoch);

        await empty.Database.MigrateAsync(Cancel);
        await empty.Database.MigrateAsync(Cancel);

        Assert.Null(await empty.Database.CheckSchemaAsync(Cancel));
        using var channel = empty.Get<SqlEngine>().OpenWriter();
        channel.Execute("INSERT INTO schema_versions (scriptname, applied) VALUES ('9999_future.sql', CURRENT_TIMESTAMP)");
        Assert.Contains("newer", await empty.Database.CheckSchemaAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ping_answers_and_the_engine_has_its_name()
    {
        Assert.True(await Db.Database.PingAsync(Cancel));
        Assert.Equal(Db.Options.Engine, Db.Database.Engine);
    }

    [Fact]
    public async Task Restore_mark_is_absent_until_set_and_cleared_in_a_unit()
    {
        Assert.Null(await Db.Database.RestoredAtAsync(Cancel));
        using (var channel = Db.Get<SqlEngine>().OpenWriter())
        {
            channel.Execute("UPDATE log_head SET restored_at = $1", Samples.Time);
        }

        Assert.Equal(Samples.Time, await Db.Database.RestoredAtAsync(Cancel));
        await Db.WriteAsync(Db.Database.ClearRestored);
        Assert.Null(await Db.Database.RestoredAtAsync(Cancel));
    }

    [Fact]
    public async Task Head_wakes_who_waits_for_the_next_position()
    {
        var waiting = Db.Head.WaitAsync(0, Cancel);
        Assert.False(waiting.IsCompleted);

        await Db.WriteAsync(session => session.Append(Samples.Event("1")));
        await waiting;

        Assert.Single(await Db.Events.ReadAsync(Samples.Tenant, 0, 10, EventFilter.All, Cancel));
    }
}

public sealed class SqliteDatabaseTests() : DatabaseTests(new SqliteStores())
{
    [Fact]
    public async Task Disk_full_fails_the_units_and_the_writer_goes_on_when_there_is_space_again()
    {
        const string Limit = "PRAGMA max_page_count = ";
        await Db.WriteAsync(session => Qrossing.Data.Writing.WriteSession.ChannelOf(session).Execute(Limit + "1"));
        var large = new byte[64 * 1024];
        LogEvent Large(int n) => new()
        {
            Tenant = Samples.Tenant, Id = $"large {n}", Source = "/tests", Type = "t", Data = large,
        };

        // The limit shrinks to what the file has; what the file had free is used up first.
        StorageUnavailableException? full = null;
        var stored = 0;
        while (full is null)
        {
            var n = stored;
            try
            {
                await Db.WriteAsync(session => session.Append(Large(n)));
                stored++;
            }
            catch (StorageUnavailableException exception)
            {
                full = exception;
            }
        }

        Assert.Equal("storage.full", full.Code);
        Assert.False(full.CommitUnknown);
        Assert.Equal("storage.full", (await Assert.ThrowsAsync<StorageUnavailableException>(() => Db.WriteAsync(session => session.Append(Large(stored))))).Code);
        Assert.Equal(stored, await Db.Events.HeadAsync(Cancel));

        await Db.WriteAsync(session => Qrossing.Data.Writing.WriteSession.ChannelOf(session).Execute(Limit + "1000000"));
        var after = Large(stored);
        Assert.True(await Db.Writer.WriteAsync(session => session.Append(after), Cancel));
        Assert.Equal(stored + 1, after.Position);
    }

    [Fact]
    public async Task Every_connection_has_the_pragmas_that_durability_needs()
    {
        var fromWriter = await Db.Writer.WriteAsync(session => Read(Qrossing.Data.Writing.WriteSession.ChannelOf(session)), Cancel);
        using var lease = await Db.Get<SqlEngine>().RentAsync(Cancel);

        Assert.Equal(("wal", 2L, 1L, 5000L), fromWriter);
        Assert.Equal(("wal", 2L, 1L, 5000L), Read(lease.Channel));
        Assert.ThrowsAny<System.Data.Common.DbException>(() => lease.Channel.Execute("DELETE FROM log_head"));

        static (string?, long, long, long) Read(SqlChannel channel) => (
            channel.First("PRAGMA journal_mode", row => row.Text()), channel.First("PRAGMA synchronous", row => row.Long()),
            channel.First("PRAGMA foreign_keys", row => row.Long()), channel.First("PRAGMA busy_timeout", row => row.Long()));
    }

    [Fact]
    public void Data_directory_is_its_owners_only()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Db.Options.Directory));
        }
    }

    [Fact]
    public async Task Migration_beside_a_running_owner_is_refused()
    {
        await using var second = new TestDatabase(Db.Options);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => second.Database.MigrateAsync(Cancel));
        await Db.Database.MigrateAsync(Cancel); // the owner itself may
    }
}
