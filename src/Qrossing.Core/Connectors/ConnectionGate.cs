using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Access;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Connectors;

/// <summary>Whether a caller may use a connection for something now, before anything is recorded; and what a fault of a read means to the caller.</summary>
public sealed class ConnectionGate(ConnectionDirectory connections, ErrorTable errors)
{
    /// <summary>Null when open; else <c>connections.not_found</c>, <c>.capability_missing</c>, <c>.disabled</c>, or <c>access.environment_mismatch</c>. A paused connection is open: effects wait for it.</summary>
    public Refusal? Check<TCapability>(Caller caller, string connection) => Check<TCapability>(caller, connection, out _);

    /// <summary>As <see cref="Check{TCapability}(Caller, string)"/>; with the connection as stored when it is open.</summary>
    public Refusal? Check<TCapability>(Caller caller, string connection, out ConnectionRecord record)
    {
        var (found, has) = connections.Look<TCapability>(caller.Tenant, connection);
        record = found!; // the caller uses it only when nothing is refused
        return found switch
        {
            null => new Refusal(ConnectorErrors.NotFound, $"There is no connection '{connection}'."),
            _ when !has => new Refusal(ConnectorErrors.CapabilityMissing, $"Connection '{connection}' of kind '{found.Kind}' cannot do this."),
            { Status: ConnectionText.Disabled } => new Refusal(ConnectorErrors.Disabled, $"Connection '{connection}' is disabled."),
            _ => Mismatch(caller, connection, found.ManagedBy, found.Environment),
        };
    }

    /// <summary>Whether the caller's environment may manage the connection, or what goes through it: <c>access.environment_mismatch</c>, or null. One that is not there is no matter of environments.</summary>
    public Refusal? CheckEnvironment(Caller caller, string connection) =>
        connections.FindRecord(caller.Tenant, connection) is { } record ? Mismatch(caller, connection, record.ManagedBy, record.Environment) : null;

    /// <summary>Whether the caller may put a connection into this environment.</summary>
    public static Refusal? CheckEnvironment(Caller caller, string connection, string environment) => Mismatch(caller, connection, ConnectionText.Api, environment);

    /// <summary>The refusal behind a fault of a read; no peer text in it.</summary>
    public Refusal RefusalOf(Fault fault, string connection) =>
        new(errors.Find(fault.Code) ?? ConnectorErrors.PeerRefused, $"Connection '{connection}' answered: {fault.Code}.") { RetryAfter = fault.RetryAfter };

    // The built-in store serves every environment; of the others, test keys reach sandboxes only and live keys live ones only.
    private static Refusal? Mismatch(Caller caller, string connection, string managedBy, string environment) =>
        caller.IsAdministrator || managedBy == ConnectionText.System || caller.Environment switch
        {
            "test" => environment != ConnectionText.Live,
            "live" => environment != ConnectionText.Sandbox,
            _ => true,
        }
            ? null
            : new Refusal(AccessErrors.EnvironmentMismatch, $"A key of environment '{caller.Environment}' does not reach the {environment} connection '{connection}'.");
}
