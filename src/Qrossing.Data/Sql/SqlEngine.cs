using Qrossing.Core.Persistence;

namespace Qrossing.Data.Sql;

/// <summary>What differs between the two engines; everything else is shared.</summary>
internal abstract class SqlEngine : IAsyncDisposable
{
    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Opens the writer's connection.</summary>
    public abstract SqlChannel OpenWriter();

    /// <summary>Begins a transaction that will write.</summary>
    public abstract string BeginWrite { get; }

    /// <summary>
    /// Whether a batch is first tried without a savepoint and a look-up per unit: right where each of these is a round trip. If anything
    /// in it fails, the batch runs again with them.
    /// </summary>
    public abstract bool TriesWithoutSavepoints { get; }

    /// <summary>Begins a transaction that reads one snapshot of all tables.</summary>
    public abstract string BeginSnapshot { get; }

    /// <summary>A connection for reading; disposing gives it back.</summary>
    public abstract ValueTask<SqlLease> RentAsync(CancellationToken cancellationToken);

    /// <summary>What the exception means for everything that is in the transaction.</summary>
    public abstract SqlFailure Classify(Exception exception);

    /// <summary>Takes ownership and raises the epoch.</summary>
    public abstract Task<SqlOwnership> TakeOwnershipAsync(CancellationToken cancellationToken);

    /// <summary>Gives the schema scripts of this engine to DbUp.</summary>
    public abstract DbUp.Builder.UpgradeEngineBuilder NewUpgrade();

    /// <summary>Held while the schema changes, where that needs the database to oneself; null where it does not.</summary>
    public abstract IDisposable? EnterMigration();

    /// <summary>The tables that exist.</summary>
    public abstract Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken);

    /// <summary>The names and kinds of a table's columns in the order of the schema.</summary>
    public abstract Task<IReadOnlyList<SqlColumn>> ListColumnsAsync(string table, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <summary>The exception callers see for a failure of the storage itself.</summary>
    public StorageUnavailableException Unavailable(Exception exception, bool duringCommit)
    {
        var failure = Classify(exception);
        return new StorageUnavailableException(
            failure == SqlFailure.Full ? "The storage is full; nothing was stored." : $"The storage failed: {exception.Message}",
            exception)
        {
            Code = failure == SqlFailure.Full ? "storage.full" : "storage.lost",
            CommitUnknown = duringCommit && failure == SqlFailure.Lost,
        };
    }
}
