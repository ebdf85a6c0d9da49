using System.Net;
using Npgsql;
using Qrossing.Core.Persistence;
using Qrossing.Data;
using Qrossing.Data.Sql;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Network;

namespace Qrossing.ContractTests.Stores;

[Trait("Kind", "contract")]
[Trait("Needs", "postgres")]
public sealed class PostgreSqlDatabaseTests(CounterpartHost counterparts) : DatabaseTests(new PostgreSqlStores(counterparts))
{
    [Fact]
    public async Task Schemas_of_both_engines_have_the_same_tables_columns_nullability_and_keys()
    {
        var (options, removal) = await new SqliteStores().NewAsync();
        await using var removed = removal;
        await using var sqlite = await TestDatabase.OpenAsync(options);
        var own = await ReadSchemaAsync(Db.Get<SqlEngine>());
        var other = await ReadSchemaAsync(sqlite.Get<SqlEngine>());

        Assert.Contains("effects", own.Keys);
        Assert.Equal(other.Keys, own.Keys);
        foreach (var table in own.Keys)
        {
            Assert.Equal(other[table], own[table]);
        }
    }

    [Fact]
    public async Task Lease_of_a_dead_owner_is_waited_for_and_the_old_owner_notices_that_it_was_replaced()
    {
        await using var second = new TestDatabase(Db.Options);
        using (var channel = Db.Get<SqlEngine>().OpenWriter())
        {
            // As if a third process had taken over and died: neither it nor Db renews under this epoch.
            channel.Execute("UPDATE log_head SET epoch = epoch + 1, owner = 'process 0 on nowhere', lease_until = (extract(epoch FROM clock_timestamp()) * 1000000)::bigint + 1500000");
        }

        await second.Database.OpenAsync(Cancel);

        Assert.Equal(3, second.Database.Epoch);
        await second.WriteAsync(session => session.Append(Samples.Event("1")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, Db.Database.OwnershipLost));
        Assert.Equal("storage.not_owner", (await Assert.ThrowsAsync<StorageUnavailableException>(() => Db.WriteAsync(session => session.Append(Samples.Event("2"))))).Code);
    }

    [Fact]
    public async Task Released_lease_is_taken_without_waiting_for_its_end()
    {
        await Db.Database.CloseAsync(Cancel);
        await using var second = new TestDatabase(Db.Options);

        await second.Database.OpenAsync(Cancel);

        Assert.Equal(2, second.Database.Epoch);
    }

    [Fact]
    public async Task Connection_lost_fails_the_units_and_the_writer_connects_again()
    {
        await Db.Database.CloseAsync(Cancel);
        var settings = new NpgsqlConnectionStringBuilder(Db.Options.ConnectionString);
        await using var proxy = TcpFaultProxy.Start(new IPEndPoint(IPAddress.Loopback, settings.Port));
        settings.Port = proxy.EndPoint.Port;
        await using var through = await TestDatabase.OpenAsync(new DataOptions { Engine = "postgresql", ConnectionString = settings.ConnectionString });
        await through.WriteAsync(session => session.Append(Samples.Event("before")));

        proxy.Fault = new TcpFault.Reset();
        var lost = await Assert.ThrowsAsync<StorageUnavailableException>(() => through.WriteAsync(session => session.Append(Samples.Event("lost"))));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => through.WriteAsync(session => session.Append(Samples.Event("lost"))));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await through.Events.HeadAsync(Cancel));
        Assert.False(await through.Database.PingAsync(Cancel));

        Assert.Equal(("storage.lost", false), (lost.Code, lost.CommitUnknown));
        proxy.Fault = new TcpFault.None();
        var after = Samples.Event("after");
        while (after.Position == 0)
        {
            try
            {
                await through.WriteAsync(session => session.Append(after));
            }
            catch (StorageUnavailableException)
            {
                // Still within the writer's backoff.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
            }
        }

        Assert.Equal(2, after.Position);
        Assert.False(through.Database.OwnershipLost.IsCancellationRequested);
    }

    [Fact]
    public async Task Connection_that_breaks_within_the_commit_leaves_the_outcome_open()
    {
        await AtCommitAsync("PERFORM pg_terminate_backend(pg_backend_pid());");

        var lost = await Assert.ThrowsAsync<StorageUnavailableException>(() => Db.WriteAsync(session => session.Append(Samples.Event("1"))));

        Assert.Equal(("storage.lost", true), (lost.Code, lost.CommitUnknown));
        await AtCommitAsync(null);
        await Db.WriteAsync(session => session.Append(Samples.Event("2")));
        Assert.Equal(1, await Db.Events.HeadAsync(Cancel));
    }

    [Fact]
    public async Task Disk_full_is_told_apart_and_leaves_the_connection_open()
    {
        await AtCommitAsync("RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100';");

        var full = await Assert.ThrowsAsync<StorageUnavailableException>(() => Db.WriteAsync(session => session.Append(Samples.Event("1"))));

        Assert.Equal(("storage.full", false), (full.Code, full.CommitUnknown));
        await AtCommitAsync(null);
        await Db.WriteAsync(session => session.Append(Samples.Event("2")));
    }

    [Fact]
    public async Task Collision_with_another_transaction_runs_the_batch_again()
    {
        await ExecuteAsync("CREATE SEQUENCE collisions");
        await AtCommitAsync("IF nextval('collisions') < 3 THEN RAISE EXCEPTION 'could not serialize' USING ERRCODE = '40001'; END IF;");
        var runs = 0;
        var logEvent = Samples.Event("1");

        await Db.WriteAsync(session =>
        {
            runs++;
            session.Append(logEvent);
        });

        Assert.Equal((3, 1L), (runs, logEvent.Position));
    }

    /// <summary>Runs PL/pgSQL in the server within the COMMIT of a transaction that appended events; null stops that.</summary>
    private Task AtCommitAsync(string? body) => ExecuteAsync(body is null
        ? "DROP TRIGGER at_commit ON events"
        : $"""
           CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN {body} RETURN NULL; END $body$;
           CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION at_commit();
           """);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Db.Options.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<SortedDictionary<string, IReadOnlyList<SqlColumn>>> ReadSchemaAsync(SqlEngine engine)
    {
        var schema = new SortedDictionary<string, IReadOnlyList<SqlColumn>>(StringComparer.Ordinal);
        foreach (var table in (await engine.ListTablesAsync(Cancel)).Where(table => table != "schema_versions"))
        {
            schema[table] = await engine.ListColumnsAsync(table, Cancel);
        }

        return schema;
    }
}
