namespace Qrossing.Core.Persistence;

/// <summary>
/// The one way to change the database. Units that arrive while a commit runs form the next batch (no timer, at most 1,000);
/// each unit is a savepoint, so that one conflict rolls back alone. The task completes after the commit is durable.
/// </summary>
public interface IWriter
{
    /// <summary>
    /// Runs <paramref name="unit"/> on the writer's thread inside the batch's transaction. The unit must be quick and free of side effects
    /// outside the session: it may run again after a serialization failure. An exception rolls this unit back and surfaces here.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database refused the commit (disk full, connection lost, another owner).</exception>
    Task<T> WriteAsync<T>(Func<IWriteSession, T> unit, CancellationToken cancellationToken = default);
}
