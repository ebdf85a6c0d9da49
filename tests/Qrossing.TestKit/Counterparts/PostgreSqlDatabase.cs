namespace Qrossing.TestKit.Counterparts;

/// <summary>One test's own database on the shared server.</summary>
public sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private readonly PostgreSqlCounterpart _server;

    internal PostgreSqlDatabase(PostgreSqlCounterpart server, string name, string connectionString)
    {
        _server = server;
        Name = name;
        ConnectionString = connectionString;
    }

    public string Name { get; }

    /// <summary>For Npgsql; a superuser of this server, no password.</summary>
    public string ConnectionString { get; }

    /// <summary>Drops the database, ending whatever is still connected.</summary>
    public async ValueTask DisposeAsync() => await _server.DropAsync(this);
}
