using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qrossing.Console.Pages;
using Qrossing.Sdk.Effects;

namespace Qrossing.Console.Endpoints;

/// <summary>Effects: the list, one with its receipt, the unknown ones, and Probe and Cancel.</summary>
internal static class EffectEndpoints
{
    private const int PageLength = 50;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/effects", (HttpContext http, ConsolePage page, string? outcome, string? kind, string? connection, string? after) =>
            ListAsync<EffectListPage>(http, page, "Effects", new EffectFilter
            {
                Outcome = Given(outcome),
                Kind = Given(kind),
                Connection = Given(connection),
                After = Given(after),
                Limit = PageLength,
            }));
        console.MapGet("/unknowns", (HttpContext http, ConsolePage page, string? after) =>
            ListAsync<UnknownsPage>(http, page, "Unknown effects", new EffectFilter { Outcome = EffectOutcomes.Unknown, After = Given(after), Limit = PageLength }));
        console.MapGet("/effects/{id}", ShowAsync);
        console.MapPost("/effects/{id}/probe", (HttpContext http, ConsolePage page, string id) => page.ActAsync(http, async client =>
        {
            await client.Effects.ProbeAsync(id, http.RequestAborted);
            return $"{PathOf(id)}?done=probed";
        }));
        console.MapPost("/effects/{id}/cancel", (HttpContext http, ConsolePage page, string id) => page.ActAsync(http, async client =>
        {
            await client.Effects.CancelAsync(id, http.RequestAborted);
            return $"{PathOf(id)}?done=cancel_asked";
        }));
    }

    private static Task<IResult> ListAsync<TPage>(HttpContext http, ConsolePage page, string title, EffectFilter filter)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        page.ShowAsync<TPage>(http, title, async client => new EffectListModel
        {
            Filter = filter,
            Effects = await client.Effects.ListAsync(filter, http.RequestAborted),
        });

    private static Task<IResult> ShowAsync(HttpContext http, ConsolePage page, string id, string? done) =>
        page.ShowAsync<EffectPage>(http, $"Effect {id}", async client => new EffectModel
        {
            Effect = await client.Effects.GetAsync(id, http.RequestAborted),
            Receipt = await Loaded.FromAsync(client.Receipts.GetAsync(id, http.RequestAborted)),
            Done = done switch
            {
                "probed" => "The peer was asked. What it showed stands below.",
                "cancel_asked" => "Cancelling was asked for. Where the effect stands now is shown below.",
                _ => null,
            },
        });

    private static string PathOf(string id) => $"{QrossingConsole.Root}/effects/{Uri.EscapeDataString(id)}";

    // An empty field of a filter form is no filter.
    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
