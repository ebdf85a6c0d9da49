using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary><c>/v1/connections</c>: the configured external systems.</summary>
internal sealed class ConnectionEndpoints(ConnectionDirectory connections, ConnectionProbe probe, ErrorTable errors) : IMapsEndpoints
{
    private const string Tag = "Connections";
    private const string Root = "/v1/connections";
    private const string One = "/v1/connections/{id}";

    private const string Example = """
        {"id":"local","kind":"cloud.local","options":{},"environment":"live","status":"active","managedBy":"system","state":"ready","since":"2026-01-31T12:00:00Z","circuits":[],"version":1,"createdAt":"2026-01-31T12:00:00Z","updatedAt":"2026-01-31T12:00:00Z"}
        """;

    private static readonly IReadOnlyList<ErrorCode> ChangeErrors =
        [ConnectorErrors.NotFound, ConnectorErrors.Managed, ConnectorErrors.OptionsInvalid, ConnectorErrors.EgressRefused, ConnectorErrors.VersionConflict];

    private static readonly JsonElement NoOptions = JsonElement.Parse("{}"u8);

    public void Map(RestRoutes routes)
    {
        routes.Post(Root, new EndpointRule(Permissions.ConnectionsAdmin, BodyKind.Json)
        {
            Text = Shown("createConnection", "Configures a connection to an external system.") with
            {
                Request = typeof(NewConnection),
                RequestExample = """{"id":"archive","kind":"cloud.local","options":{}}""",
                Status = StatusCodes.Status201Created,
                Errors = [ConnectorErrors.KindUnknown, ConnectorErrors.OptionsInvalid, ConnectorErrors.EgressRefused, ConnectorErrors.Exists],
            },
        }, CreateAsync);
        routes.Get(Root, new EndpointRule(Permissions.ConnectionsRead)
        {
            Text = new EndpointText("listConnections", Tag, "Lists connections by id, with how each stands.")
            {
                Response = typeof(ListView<ConnectionResource>),
                ResponseExample = $$"""{"data":[{{Example}}]}""",
            },
        }, call => Task.FromResult(Answer.Ok(new ListView<ConnectionResource> { Data = [.. connections.List(call.Tenant).Select(ConnectionResource.Of)] })));
        routes.Get(One, new EndpointRule(Permissions.ConnectionsRead) { Text = Shown("getConnection", "One connection.") }, GetAsync);
        var change = new EndpointRule(Permissions.ConnectionsAdmin, BodyKind.Json)
        {
            Text = Shown("changeConnection", "Changes options or environment. Calls that run finish on the old options.") with
            {
                Request = typeof(ConnectionPatch),
                RequestExample = """{"options":{},"version":1}""",
                Errors = ChangeErrors,
            },
        };
        routes.Patch(One, change, ChangeAsync);
        routes.Put(One, change with { Text = change.Text with { OperationId = "replaceConnectionOptions" } }, ChangeAsync);
        routes.Delete(One, new EndpointRule(Permissions.ConnectionsAdmin)
        {
            Text = Shown("deleteConnection", "Deletes a connection that no effect uses any more and that holds no objects.") with
            {
                Response = null,
                ResponseExample = null,
                Status = StatusCodes.Status204NoContent,
                Errors = [ConnectorErrors.NotFound, ConnectorErrors.Managed, ConnectorErrors.InUse],
            },
        }, async call => Answer.From(await connections.DeleteAsync(call.Tenant, call.Path("id"), By(call), call.Aborted), static _ => Answer.NoContent));
        routes.Post($"{One}/test", new EndpointRule(Permissions.ConnectionsAdmin)
        {
            Text = new EndpointText("testConnection", Tag, "Asks the peer whether it is there and the right one.")
            {
                Response = typeof(TestView),
                ResponseExample = """{"ok":true,"state":"ready","peer":"anvil/v1.7.1","facts":{"block":"42"},"durationMs":3}""",
                Errors = [ConnectorErrors.NotFound, ConnectorErrors.Disabled, ConnectorErrors.CapabilityMissing],
            },
        }, async call => Answer.From(await probe.TestAsync(call.Tenant, call.Path("id"), call.Aborted), test => Answer.Ok(TestView.Of(test, errors))));
        routes.Post($"{One}/enable", new EndpointRule(Permissions.ConnectionsAdmin)
        {
            Text = Shown("enableConnection", "Uses a disabled or paused connection again and wakes the effects that wait for it."),
        }, call => SetStatusAsync(call, ConnectionText.Active));
        routes.Post($"{One}/disable", new EndpointRule(Permissions.ConnectionsAdmin)
        {
            Text = Shown("disableConnection", "Stops using a connection; its effects wait."),
        }, call => SetStatusAsync(call, ConnectionText.Disabled));
    }

    private static EndpointText Shown(string operationId, string summary) => new(operationId, Tag, summary)
    {
        Response = typeof(ConnectionResource),
        ResponseExample = Example,
        Errors = [ConnectorErrors.NotFound, ConnectorErrors.Managed],
    };

    private async Task<Answer> CreateAsync(GatewayCall call)
    {
        var bound = call.Bind<NewConnection>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        var wanted = bound.Value;
        var draft = new ConnectionDraft
        {
            Tenant = call.Tenant,
            Id = wanted.Id,
            Kind = wanted.Kind,
            Options = wanted.Options ?? NoOptions,
            Environment = wanted.Environment ?? ConnectionText.Live,
        };
        var made = await connections.CreateAsync(draft, By(call), call.Aborted);
        return Answer.From(made, view => Answer.Of(StatusCodes.Status201Created, ConnectionResource.Of(view), $"{Root}/{view.Id}"));
    }

    private Task<Answer> GetAsync(GatewayCall call) => Task.FromResult(
        connections.Find(call.Tenant, call.Path("id")) is { } view ? Answer.Ok(ConnectionResource.Of(view)) : NotFound(call));

    private async Task<Answer> ChangeAsync(GatewayCall call)
    {
        var bound = call.Bind<ConnectionPatch>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        var change = new ConnectionChange { Options = bound.Value.Options, Environment = bound.Value.Environment, ExpectedVersion = bound.Value.Version };
        return Shown(await connections.UpdateAsync(call.Tenant, call.Path("id"), change, By(call), call.Aborted));
    }

    private async Task<Answer> SetStatusAsync(GatewayCall call, string status) =>
        Shown(await connections.SetStatusAsync(call.Tenant, call.Path("id"), status, reason: null, By(call), call.Aborted));

    private static Answer Shown(Result<ConnectionView> result) => Answer.From(result, view => Answer.Ok(ConnectionResource.Of(view)));

    private static ConnectionAuthor By(GatewayCall call) => ConnectionAuthor.Api(call.Context);

    private static Refusal NotFound(GatewayCall call) => new(ConnectorErrors.NotFound, $"There is no connection '{call.Path("id")}'.");
}
