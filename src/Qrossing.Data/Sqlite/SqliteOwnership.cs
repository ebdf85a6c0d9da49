using Qrossing.Data.Sql;

namespace Qrossing.Data.Sqlite;

/// <summary>Ownership on SQLite: as long as the lock file is held, which only the end of the process can take away.</summary>
internal sealed class SqliteOwnership(long epoch, SqliteLockFile lockFile, Action released) : SqlOwnership(epoch)
{
    public override async ValueTask DisposeAsync()
    {
        released();
        lockFile.Dispose();
        await base.DisposeAsync();
    }
}
