using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Access;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Connectors;

/// <summary>Whether a caller may use a connection for something now, before anything is recorded; and what a fault of a read means to the caller.</summary>
public sealed class ConnectionGate(ConnectionDirectory connections, ErrorTable errors)
{
    /// <summary>Null when open; else <c>connections.not_found</c>, <c>.capability_missing</c>, <c>.disabled</c>, or <c>access.environment_mismatch</c>. A paused connection is open: effects wait for it.</summary>
    public Refusal? Check<TCapability>(Caller caller, string connection)
    {
        if (connections.Find(caller.Tenant, connection) is not { } view)
        {
            return new Refusal(ConnectorErrors.NotFound, $"There is no connection '{connection}'.");
        }

        if (connections.WithCapability<TCapability>(caller.Tenant).All(open => open.Id != connection))
        {
            return new Refusal(ConnectorErrors.CapabilityMissing, $"Connection '{connection}' of kind '{view.Kind}' cannot do this.");
        }

        if (view.Status == ConnectionText.Disabled)
        {
            return new Refusal(ConnectorErrors.Disabled, $"Connection '{connection}' is disabled.");
        }

        return caller.IsAdministrator || Reaches(caller.Environment, view)
            ? null
            : new Refusal(AccessErrors.EnvironmentMismatch, $"A key of environment '{caller.Environment}' does not reach the {view.Environment} connection '{connection}'.");
    }

    /// <summary>The refusal behind a fault of a read; no peer text in it.</summary>
    public Refusal RefusalOf(Fault fault, string connection) =>
        new(errors.Find(fault.Code) ?? ConnectorErrors.PeerRefused, $"Connection '{connection}' answered: {fault.Code}.") { RetryAfter = fault.RetryAfter };

    // The built-in store serves every environment; of the others, test keys reach sandboxes only and live keys live ones only.
    private static bool Reaches(string environment, ConnectionView view) =>
        view.ManagedBy == ConnectionText.System || environment switch
        {
            "test" => view.Environment == ConnectionText.Sandbox,
            "live" => view.Environment == ConnectionText.Live,
            _ => true,
        };
}
