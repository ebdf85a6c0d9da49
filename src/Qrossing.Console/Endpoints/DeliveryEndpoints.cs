using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qrossing.Console.Pages;
using Qrossing.Sdk.Webhooks;

namespace Qrossing.Console.Endpoints;

/// <summary>Deliveries, and Retry.</summary>
internal static class DeliveryEndpoints
{
    private const int PageLength = 50;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/deliveries", (HttpContext http, ConsolePage page, string? status, string? subscription, string? after, string? done) =>
        {
            var filter = new DeliveryFilter { Status = Given(status), Subscription = Given(subscription), After = Given(after), Limit = PageLength };
            return page.ShowAsync<DeliveryListPage>(http, "Deliveries", async client => new DeliveryListModel
            {
                Filter = filter,
                Deliveries = await client.Deliveries.ListAsync(filter, http.RequestAborted),
                Done = done == "retried" ? "The delivery is sent again." : null,
            });
        });
        console.MapPost("/deliveries/{id}/retry", (HttpContext http, ConsolePage page, string id) => page.ActAsync(http, async client =>
        {
            await client.Deliveries.RetryAsync(id, http.RequestAborted);
            return $"{QrossingConsole.Root}/deliveries?done=retried";
        }));
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
