using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary><c>/v1/connectors</c>: the kinds of connections that are installed.</summary>
internal sealed class ConnectorEndpoints(ConnectorCatalog catalog) : IMapsEndpoints
{
    private const string Tag = "Connections";

    private const string Example = """
        {"kind":"cloud.local","summary":"Keeps objects on the gateway's own disk under their content ids.","stability":"alpha","data":"caller_defined","capabilities":["IProbes","IStoresObjects"],"optionsSchema":{"type":"object"}}
        """;

    public void Map(RestRoutes routes)
    {
        routes.Get("/v1/connectors", new EndpointRule(Permissions.ConnectionsRead)
        {
            Text = new EndpointText("listConnectors", Tag, "Lists the kinds of connectors that are installed, each with the schema of its options.")
            {
                Response = typeof(ListView<ConnectorView>),
                ResponseExample = $$"""{"data":[{{Example}}]}""",
            },
        }, _ => Task.FromResult(Answer.Ok(new ListView<ConnectorView> { Data = [.. catalog.All.Select(ConnectorView.Of)] })));
        routes.Get("/v1/connectors/{kind}", new EndpointRule(Permissions.ConnectionsRead)
        {
            Text = new EndpointText("getConnector", Tag, "One kind of connector.") { Response = typeof(ConnectorView), ResponseExample = Example, Errors = [Problems.HttpErrors.NotFound] },
        }, call => Task.FromResult(catalog.TryGet(call.Path("kind"), out var description)
            ? Answer.Ok(ConnectorView.Of(description))
            : new Refusal(Problems.HttpErrors.NotFound, $"There is no kind '{call.Path("kind")}'.")));
    }
}
