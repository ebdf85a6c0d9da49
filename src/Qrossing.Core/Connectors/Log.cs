using Microsoft.Extensions.Logging;

namespace Qrossing.Core.Connectors;

/// <summary>What the connector host logs: facts, past tense, no payloads. Event ids 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "Connection {Connection} threw in {Operation}; a write is treated as unknown, a read as unavailable.")]
    public static partial void ConnectorThrew(ILogger logger, Exception exception, string connection, string operation);

    [LoggerMessage(2001, LogLevel.Error, "Connection {Connection} did not end {Operation} after its time-out; the attempt was left behind.")]
    public static partial void AttemptLeftBehind(ILogger logger, string connection, string operation);

    [LoggerMessage(2002, LogLevel.Warning, "Connection {Connection} of tenant {Tenant} cannot be used: {Reason}")]
    public static partial void ConnectionUnusable(ILogger logger, string connection, string tenant, string reason);

    [LoggerMessage(2003, LogLevel.Information, "Connection {Connection} of tenant {Tenant} was {Action} (version {Version}).")]
    public static partial void ConnectionChanged(ILogger logger, string connection, string tenant, string action, long version);

    [LoggerMessage(2004, LogLevel.Warning, "Connection {Connection} of tenant {Tenant} was paused: {Reason}")]
    public static partial void ConnectionPaused(ILogger logger, string connection, string tenant, string reason);

    [LoggerMessage(2005, LogLevel.Warning, "Connection {Connection} of tenant {Tenant} became {State}: {Because}")]
    public static partial void HealthChanged(ILogger logger, string connection, string tenant, string state, string because);

    [LoggerMessage(2006, LogLevel.Information, "{Count} connections were loaded.")]
    public static partial void Loaded(ILogger logger, int count);

    [LoggerMessage(2007, LogLevel.Error, "A round of connection probes failed; the next one follows.")]
    public static partial void ProbesFailed(ILogger logger, Exception exception);

    [LoggerMessage(2008, LogLevel.Error, "The connector of connection {Connection} threw while it was made; the connection cannot be used.")]
    public static partial void ConnectorNotMade(ILogger logger, Exception exception, string connection);
}
