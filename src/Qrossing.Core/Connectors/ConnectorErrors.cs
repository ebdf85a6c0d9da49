using Qrossing.Core.Errors;

namespace Qrossing.Core.Connectors;

/// <summary>Errors of connections, of the door to connectors, and what the network does to a call.</summary>
public static class ConnectorErrors
{
    public static readonly ErrorCode NotFound = new("connections.not_found", 404, "No such connection", "Check the id; GET /v1/connections lists what there is.");
    public static readonly ErrorCode Exists = new("connections.exists", 409, "The connection id is taken", "Choose another id, or change the connection that has it.");
    public static readonly ErrorCode Managed = new("connections.managed", 409, "The connection is not managed through the API", "Change it where it is managed: in the resources file, or not at all when it is built in.");
    public static readonly ErrorCode InUse = new("connections.in_use", 409, "The connection is in use", "Wait until its effects are at rest, or disable it instead: what holds objects stays.", Retryable: true);
    public static readonly ErrorCode Disabled = new("connections.disabled", 409, "The connection is disabled", "An operator must enable it.");
    public static readonly ErrorCode Paused = new("connections.paused", 503, "The connection is paused", "The peer refuses the gateway's credentials; an operator must mend them and enable the connection.", Retryable: true);
    public static readonly ErrorCode KindUnknown = new("connections.kind_unknown", 422, "No such kind of connector", "GET /v1/connectors lists the kinds that are installed.");
    public static readonly ErrorCode OptionsInvalid = new("connections.options_invalid", 422, "The connection's settings are not valid", "Correct every member that errors names.");
    public static readonly ErrorCode CapabilityMissing = new("connections.capability_missing", 422, "The connection cannot do this", "Choose a connection whose kind has the capability.");
    public static readonly ErrorCode VersionConflict = new("connections.version_conflict", 409, "The connection was changed meanwhile", "Read it again and repeat the change on its newest version.");
    public static readonly ErrorCode EgressRefused = new("egress.refused", 422, "The address is not allowed", "The host is, or resolves to, a special-purpose address. An operator can allow it in Egress:Allow.");
    public static readonly ErrorCode EgressUnresolved = new("egress.unresolved", 503, "The host name does not resolve", "Check the name; the gateway tries again by itself.", Retryable: true);
    public static readonly ErrorCode CircuitOpen = new("connector.circuit_open", 503, "The external system is failing", "The gateway rests before it tries again; repeat after Retry-After.", Retryable: true);
    public static readonly ErrorCode RateLimited = new("connector.rate_limited", 503, "Too many calls to the external system", "The gateway's own limit for this connection is reached; repeat after Retry-After.", Retryable: true);
    public static readonly ErrorCode Overloaded = new("connector.overloaded", 503, "Too many calls wait for the external system", "Repeat later.", Retryable: true);
    public static readonly ErrorCode Canceled = new("connector.canceled", 503, "The call was cancelled before it began", "Nothing was sent; repeat if it is still wanted.", Retryable: true);
    public static readonly ErrorCode PeerUnreachable = new("peer.unreachable", 502, "The external system cannot be reached", "Nothing was sent; repeat later.", Retryable: true);
    public static readonly ErrorCode PeerNameUnresolved = new("peer.name_unresolved", 502, "The external system's name does not resolve", "Nothing was sent; an operator should check the connection's address.", Retryable: true);
    public static readonly ErrorCode PeerTlsFailed = new("peer.tls_failed", 502, "The external system's certificate was not accepted", "Nothing was sent; an operator should check the peer's certificate.", Retryable: true);
    public static readonly ErrorCode PeerTimeout = new("peer.timeout", 504, "The external system did not answer in time", "Read the effect for its outcome before repeating a write.", Retryable: true);
    public static readonly ErrorCode PeerConnectionLost = new("peer.connection_lost", 502, "The connection to the external system was cut", "Read the effect for its outcome before repeating a write.", Retryable: true);
    public static readonly ErrorCode PeerReplyTooLarge = new("peer.reply_too_large", 502, "The external system's reply is too large", "Read the effect for its outcome; narrow the request.");
    public static readonly ErrorCode PeerNotCalled = new("peer.not_called", 503, "The external system was not called", "Nothing was sent; repeat later.", Retryable: true);
    public static readonly ErrorCode PeerRefused = new("peer.refused", 502, "The external system refused the call", "Read the connection's page for what its codes mean; an operator finds the peer's own words in the audit log.");
    public static readonly ErrorCode PeerException = new("peer.exception", 500, "The connector failed", "Read the effect for its outcome; the operator's log has the cause.");
    public static readonly ErrorCode FilesFull = new("storage.full", 507, "The disk is full", "An operator must free space; the gateway tries again by itself.", Retryable: true);
    public static readonly ErrorCode FilesFailed = new("storage.io", 500, "A file could not be read or written", "An operator should check the data directory.", Retryable: true);
}
