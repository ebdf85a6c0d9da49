using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qrossing.Composition;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Data;
using Qrossing.Gateway;
using Qrossing.Gateway.Reference;
using Qrossing.Gateway.Rest;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Docs;

/// <summary><c>docs/api.md</c>: the route table of a gateway that was put together and never started.</summary>
internal static class ApiPage
{
    public static async Task<GeneratedPage> MakeAsync(CancellationToken cancellationToken)
    {
        var endpoints = await EndpointsAsync(cancellationToken);
        var always = Shared(endpoints.Where(endpoint => endpoint.Rule.Permission is not null), []);
        var json = Shared(endpoints.Where(endpoint => endpoint.Rule.Body == BodyKind.Json), always);
        var effects = Shared(endpoints.Where(endpoint => endpoint.Rule.CausesEffect), always);

        var page = new Markdown("API", "the rules at the endpoints, the same objects that are enforced");
        page.Line($"{endpoints.Count} endpoints. Schemas and examples are in the gateway itself: `/docs` (reference page, offline) and `/openapi/v1.json`. Codes are explained in [errors.md](errors.md).")
            .Line()
            .Line("Checked in this order: route (404, 405), credential (401), permission (403), media type (415), size (413), syntax (400), content (422), state (404, 409). *Permission* `open` needs no credential.")
            .Line("*Idempotency-Key*: 1 to 255 visible ASCII characters; *required* or *optional*; `-` where no effect begins. With *wait*, `Prefer: wait=SECONDS` counts (default 10, at most 60). Lists take `limit` (1 to 200, default 50) and `after`.")
            .Line()
            .Line($"Not repeated below: every endpoint with a permission can answer {Markdown.Codes(always)}; one with a JSON body (at most 1 MiB) also {Markdown.Codes(json)}; one that causes an effect also {Markdown.Codes(effects)}.");
        foreach (var tag in endpoints.GroupBy(endpoint => endpoint.Rule.Text.Tag).OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            page.Heading(2, tag.Key).Table(
                ["Endpoint", "Permission", "Idempotency-Key", "Success", "Does", "Errors of its own"],
                tag.Select(endpoint => new[]
                {
                    Markdown.Code($"{string.Join(", ", endpoint.Methods)} {endpoint.Path}"),
                    endpoint.Rule.Permission is { } permission ? Markdown.Code(permission) : "open",
                    KeyRuleOf(endpoint.Rule),
                    $"{endpoint.Rule.Text.Status}",
                    Says(endpoint.Rule),
                    Markdown.Codes(Own(endpoint, [.. always, .. endpoint.Rule.Body == BodyKind.Json ? json : [], .. endpoint.Rule.CausesEffect ? effects : []])),
                }));
        }

        return new GeneratedPage("docs/api.md", page.ToString());
    }

    private static async Task<IReadOnlyList<ApiEndpoint>> EndpointsAsync(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder("docs");
        await using var app = GatewayHost.Build(new QrossingOptions { Data = new DataOptions { Directory = folder.Path } });

        // What some endpoints stand on takes its keys when it is made (Commands/ServeCommand): the key ring must be open.
        var database = app.Services.GetRequiredService<IDatabase>();
        await database.MigrateAsync(cancellationToken);
        await database.OpenAsync(cancellationToken);
        await app.Services.GetRequiredService<KeyRing>().OpenAsync(cancellationToken);
        app.UseQrossingGateway();
        IReadOnlyList<ApiEndpoint> endpoints =
        [
            .. from endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
               let rule = endpoint.Metadata.GetMetadata<EndpointRule>()
               where rule is not null
               let path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
               where !path.StartsWith(ReferencePage.Root.Value!, StringComparison.Ordinal)
               orderby path
               select new ApiEndpoint(path, endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [], rule),
        ];
        await database.CloseAsync(cancellationToken);
        return endpoints;
    }

    private static IReadOnlyList<string> Shared(IEnumerable<ApiEndpoint> endpoints, IEnumerable<string> without) =>
        [.. endpoints.Select(endpoint => Codes(endpoint.Rule)).Aggregate((all, next) => all.Intersect(next)).Except(without).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Codes(EndpointRule rule) => ApiOperation.ProblemsOf(rule).Select(error => error.Code).Distinct();

    private static IEnumerable<string> Own(ApiEndpoint endpoint, IEnumerable<string> shared) => Codes(endpoint.Rule).Except(shared).Order(StringComparer.Ordinal);

    private static string KeyRuleOf(EndpointRule rule) => (rule.CausesEffect, rule.KeyRequired, rule.Waits) switch
    {
        (true, true, _) => "required, wait",
        (true, false, _) => "optional, wait",
        (false, _, true) => "-, wait",
        _ => "-",
    };

    private static string Says(EndpointRule rule) => rule.Text.Description is { } more ? $"{rule.Text.Summary} {more}" : rule.Text.Summary;

    private sealed record ApiEndpoint(string Path, IReadOnlyList<string> Methods, EndpointRule Rule);
}
