namespace Qrossing.Data.Sql;

/// <summary>A borrowed connection. Broken ones are thrown away instead of being given back.</summary>
internal sealed class SqlLease(SqlChannel channel, Action<SqlChannel, bool> giveBack) : IDisposable
{
    public SqlChannel Channel { get; } = channel;

    /// <summary>Set when the connection must not be used again.</summary>
    public bool Broken { get; set; }

    public void Dispose() => giveBack(Channel, Broken);
}
