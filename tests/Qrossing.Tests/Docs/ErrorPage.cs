using Qrossing.Core.Errors;
using Qrossing.Gateway.Problems;

namespace Qrossing.Tests.Docs;

/// <summary><c>docs/errors.md</c>: every registered error.</summary>
internal static class ErrorPage
{
    /// <summary>The errors of a running gateway: the same two assemblies as <c>Composition/GatewayHost</c>.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
        [.. ErrorRegistry.Collect(typeof(ErrorTable).Assembly, typeof(HttpErrors).Assembly).Values.OrderBy(error => error.Code, StringComparer.Ordinal)];

    public static GeneratedPage Make()
    {
        var page = new Markdown("Errors", "the classes `*Errors` in `src/`");
        page.Line($"{All.Count} codes. Every refusal is `application/problem+json` (RFC 9457) with `code`, `status`, `title`, `detail`, `instance`, `traceId`, `retryable`, and where they apply `retryAfterMs`,")
            .Line("`effectId`, `effectOutcome` and `errors[]` of `{pointer, code, message}`. `type` is `/problems/<code>`, a page that the gateway serves. A code is never reused for another meaning.")
            .Line()
            .Line("*Retryable* means: the same request, with the same `Idempotency-Key` where it has one, may succeed later. It never means that a write may be sent again under a new key: read the effect first.")
            .Line("A connector's own codes (its page in [connectors](connectors)) stand in an effect's `reason` and attempts; a caller who is answered directly gets `peer.refused`, or `effects.failed` for an effect, when the code is not in this list.");
        foreach (var area in All.GroupBy(error => error.Code[..error.Code.IndexOf('.', StringComparison.Ordinal)]))
        {
            page.Heading(2, area.Key).Table(
                ["Code", "Status", "Retryable", "Meaning", "What to do"],
                area.Select(error => new[] { Markdown.Code(error.Code), $"{error.Status}", error.Retryable ? "yes" : "no", error.Title, error.Advice }));
        }

        return new GeneratedPage("docs/errors.md", page.ToString());
    }
}
