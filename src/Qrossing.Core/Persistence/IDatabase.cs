namespace Qrossing.Core.Persistence;

/// <summary>The database as a whole.</summary>
public interface IDatabase
{
    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    string Engine { get; }

    /// <summary>Brings the schema up to date. Never at request time.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Whether the schema is the newest this build knows; the reason otherwise.</summary>
    Task<string?> CheckSchemaAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes ownership for this process: waits for a dead owner's lease to end, refuses (with the owner's name) while a live one renews it.
    /// Sets the epoch, starts the writer and tells <see cref="LogHead"/> where the log stands. SQLite: the lock file <c>qrossing.lock</c>.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Another process owns the database.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Finishes what the writer has, gives ownership up.</summary>
    Task CloseAsync(CancellationToken cancellationToken);

    /// <summary>The epoch of this process's ownership; 0 before <see cref="OpenAsync"/>.</summary>
    long Epoch { get; }

    /// <summary>Ends when ownership is lost to another process; the process must stop.</summary>
    CancellationToken OwnershipLost { get; }

    /// <summary>A cheap read, for health.</summary>
    Task<bool> PingAsync(CancellationToken cancellationToken);

    /// <summary>Set when the database was restored from a backup and not every open effect was looked up since; see effects, Growth and restore.</summary>
    Task<DateTimeOffset?> RestoredAtAsync(CancellationToken cancellationToken);

    /// <summary>Clears the restore mark inside a unit.</summary>
    void ClearRestored(IWriteSession session);
}
