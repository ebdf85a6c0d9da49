using Qrossing.Data;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;

namespace Qrossing.ContractTests.Stores;

/// <summary>Makes empty databases of one engine. Every store test is written once, in an abstract class, and run by one subclass per engine.</summary>
public abstract class StoreEngine
{
    /// <summary>The options of a new, empty database, and what removes it.</summary>
    public abstract Task<(DataOptions Options, IAsyncDisposable Remove)> NewAsync();
}

/// <summary>Databases in temporary folders.</summary>
public sealed class SqliteStores : StoreEngine
{
    public override Task<(DataOptions Options, IAsyncDisposable Remove)> NewAsync()
    {
        var folder = new TemporaryFolder("stores");
        return Task.FromResult((new DataOptions { Directory = Path.Combine(folder.Path, "data") }, (IAsyncDisposable)new FolderRemoval(folder)));
    }

    private sealed class FolderRemoval(TemporaryFolder folder) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>Databases of the shared PostgreSQL server.</summary>
public sealed class PostgreSqlStores(CounterpartHost counterparts) : StoreEngine
{
    public override async Task<(DataOptions Options, IAsyncDisposable Remove)> NewAsync()
    {
        var server = await counterparts.PostgreSqlAsync();
        var database = await server.CreateDatabaseAsync();
        return (new DataOptions { Engine = "postgresql", ConnectionString = database.ConnectionString }, database);
    }
}
