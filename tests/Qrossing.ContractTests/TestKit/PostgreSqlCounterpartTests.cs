using Npgsql;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.TestKit;

[Trait("Kind", "contract")]
[Trait("Needs", "postgres")]
public sealed class PostgreSqlCounterpartTests(CounterpartHost counterparts)
{
    [Fact]
    public async Task Databases_of_one_server_are_separate_and_dropped_with_their_test()
    {
        var server = await counterparts.PostgreSqlAsync();
        await using var second = await server.CreateDatabaseAsync();
        await using (var first = await server.CreateDatabaseAsync())
        {
            await ExecuteAsync(first, "CREATE TABLE only_here (id bigint PRIMARY KEY)");
            Assert.Equal("only_here", await ExecuteAsync(first, "SELECT to_regclass('only_here')::text"));
            Assert.Equal(DBNull.Value, await ExecuteAsync(second, "SELECT to_regclass('only_here')::text"));
            Assert.Equal(1L, await ExecuteAsync(second, $"SELECT count(*) FROM pg_database WHERE datname = '{first.Name}'"));
        }

        Assert.Equal(1L, await ExecuteAsync(second, "SELECT count(*) FROM pg_database WHERE datname LIKE 'test\\_%' AND datname = current_database()"));
    }

    [Fact]
    public async Task Databases_can_be_made_by_many_tests_at_once()
    {
        var server = await counterparts.PostgreSqlAsync();

        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.CreateDatabaseAsync()));

        foreach (var database in databases)
        {
            Assert.Equal(database.Name, await ExecuteAsync(database, "SELECT current_database()::text"));
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Server_is_one_per_process_and_durable_only_when_asked()
    {
        var server = await counterparts.PostgreSqlAsync();
        var durable = await counterparts.DurablePostgreSqlAsync();

        Assert.Same(server, await counterparts.PostgreSqlAsync());
        await using var fast = await server.CreateDatabaseAsync();
        await using var safe = await durable.CreateDatabaseAsync();
        Assert.Equal("off", await ExecuteAsync(fast, "SHOW fsync"));
        Assert.Equal("on", await ExecuteAsync(safe, "SHOW fsync"));
        Assert.Equal("on", await ExecuteAsync(safe, "SHOW synchronous_commit"));
    }

    private static async Task<object?> ExecuteAsync(PostgreSqlDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
