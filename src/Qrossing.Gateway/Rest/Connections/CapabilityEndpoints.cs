using Qrossing.Abstractions.Cloud;
using Qrossing.Abstractions.Http;
using Qrossing.Abstractions.Modules;
using Qrossing.Core.Access;
using Qrossing.Core.Chains;
using Qrossing.Core.Connectors;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary><c>/v1/capabilities</c>: what this gateway can do now.</summary>
internal sealed class CapabilityEndpoints(ConnectionDirectory connections, ChainDirectory chains) : IMapsEndpoints
{
    public void Map(RestRoutes routes) =>
        routes.Get("/v1/capabilities", new EndpointRule(Permissions.CapabilitiesRead)
        {
            Text = new EndpointText("getCapabilities", "Connections", "What this gateway can do now: chains, storage, modules, APIs, logins; with state, since and because.")
            {
                Response = typeof(CapabilitiesView),
                ResponseExample = """{"chains":[{"name":"eip155:1","connection":"mainnet","state":"ready","since":"2026-01-31T12:00:00Z"}],"storage":[{"name":"local","connection":"local","state":"ready","since":"2026-01-31T12:00:00Z"}],"modules":[],"apis":[],"logins":[{"name":"api_key","state":"ready"}]}""",
            },
        }, call => Task.FromResult(Answer.Ok(new CapabilitiesView
        {
            Chains = Chains(call),
            Storage = Of<IStoresObjects>(call),
            Modules = Of<ICallsModules>(call),
            Apis = Of<ICallsOperations>(call),
            Logins = [new CapabilityView { Name = "api_key", State = "ready" }],
        })));

    private IReadOnlyList<CapabilityView> Of<TCapability>(GatewayCall call) =>
        [.. connections.WithCapability<TCapability>(call.Tenant).Select(connection => CapabilityView.Of(connection.Id, connection))];

    private IReadOnlyList<CapabilityView> Chains(GatewayCall call) =>
        [.. chains.List(call.Tenant)
            .Select(entry => (entry.Chain, View: connections.Find(call.Tenant, entry.Connection)))
            .Where(entry => entry.View is not null)
            .Select(entry => CapabilityView.Of(entry.Chain.ToString(), entry.View!))];
}
