using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qrossing.Console.Pages;
using Qrossing.Sdk;
using Qrossing.Sdk.Effects;
using Qrossing.Sdk.Webhooks;

namespace Qrossing.Console.Endpoints;

/// <summary>The first page: what needs attention.</summary>
internal static class OverviewEndpoints
{
    // The API counts nothing: a list of this length or more shows as "200+".
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder console) => console.MapGet("/", (HttpContext http, ConsolePage page) =>
        page.ShowAsync<OverviewPage>(http, "Overview", client => LoadAsync(client, http.RequestAborted)));

    private static async Task<object> LoadAsync(QrossingClient client, CancellationToken cancellationToken)
    {
        var health = Loaded.FromAsync(client.Gateway.GetHealthAsync(cancellationToken));
        var checkpoint = Loaded.FromAsync(client.Audit.GetCheckpointAsync(cancellationToken));
        var connections = Loaded.FromAsync(client.Connections.ListAsync(limit: Most, cancellationToken: cancellationToken));
        var unknown = EffectsAsync(EffectOutcomes.Unknown);
        var pending = EffectsAsync(EffectOutcomes.Pending);
        var dead = DeliveriesAsync(DeliveryStatuses.Dead);
        var waiting = DeliveriesAsync(DeliveryStatuses.Waiting);
        return new OverviewModel
        {
            Health = await health,
            Checkpoint = await checkpoint,
            Connections = await connections,
            Unknown = await unknown,
            Pending = await pending,
            Dead = await dead,
            Waiting = await waiting,
        };

        Task<Loaded<Page<Effect>>> EffectsAsync(string outcome) =>
            Loaded.FromAsync(client.Effects.ListAsync(new EffectFilter { Outcome = outcome, Limit = Most }, cancellationToken));

        Task<Loaded<Page<Delivery>>> DeliveriesAsync(string status) =>
            Loaded.FromAsync(client.Deliveries.ListAsync(new DeliveryFilter { Status = status, Limit = Most }, cancellationToken));
    }
}
