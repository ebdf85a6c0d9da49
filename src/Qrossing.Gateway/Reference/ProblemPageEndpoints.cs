using System.Text;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Errors;
using Qrossing.Gateway.Problems;
using Qrossing.Gateway.Rest;

namespace Qrossing.Gateway.Reference;

/// <summary><c>/problems</c>: what the <c>type</c> of a problem document leads to (RFC 9457 section 3.1.1). HTML, or JSON where it is asked for.</summary>
internal sealed class ProblemPageEndpoints(ErrorTable errors) : IMapsEndpoints
{
    private const string Tag = "Reference";

    public void Map(RestRoutes routes)
    {
        routes.Open("/problems", new EndpointText("listProblems", Tag, "Every error code.")
        {
            Response = typeof(ListView<ErrorView>),
            ResponseExample = """{"data":[{"code":"effects.not_found","status":404,"title":"No such effect","advice":"Check the id; effects of other tenants are not visible.","retryable":false}]}""",
        }, http => Task.FromResult(Index(http)));
        routes.Open("/problems/{code}", new EndpointText("getProblem", Tag, "One error code: its meaning and what to do.")
        {
            Response = typeof(ErrorView),
            ResponseExample = """{"code":"effects.not_found","status":404,"title":"No such effect","advice":"Check the id; effects of other tenants are not visible.","retryable":false}""",
            Errors = [HttpErrors.NotFound],
        }, http => Task.FromResult(Page(http)));
    }

    private Answer Index(HttpContext http)
    {
        var all = errors.All.Values.OrderBy(static error => error.Code, StringComparer.Ordinal).ToList();
        if (WantsJson(http))
        {
            return Answer.Ok(new ListView<ErrorView> { Data = [.. all.Select(ErrorView.Of)] });
        }

        var body = new StringBuilder("<h1>Error codes</h1><table><tr><th>Code</th><th>Status</th><th>Meaning</th></tr>");
        foreach (var error in all)
        {
            body.Append($"<tr><td><a href=\"/problems/{HtmlPage.Text(error.Code)}\"><code>{HtmlPage.Text(error.Code)}</code></a></td><td>{error.Status}</td><td>{HtmlPage.Text(error.Title)}</td></tr>");
        }

        return HtmlPage.Answer(http, "Error codes", body.Append("</table>").ToString());
    }

    private Answer Page(HttpContext http)
    {
        if (errors.Find(http.Request.RouteValues["code"] as string) is not { } error)
        {
            return new Refusal(HttpErrors.NotFound, "There is no such error code.");
        }

        if (WantsJson(http))
        {
            return Answer.Ok(ErrorView.Of(error));
        }

        return HtmlPage.Answer(http, error.Code, $"""
            <h1><code>{HtmlPage.Text(error.Code)}</code></h1><p><strong>{HtmlPage.Text(error.Title)}</strong> (HTTP {error.Status})</p>
            <p>{HtmlPage.Text(error.Advice)}</p><p>{(error.Retryable ? "The same request may succeed later." : "The same request will not succeed later.")}</p>
            <p><a href="/problems">All error codes</a> &middot; <a href="/docs">Reference</a></p>
            """);
    }

    private static bool WantsJson(HttpContext http)
    {
        var accept = http.Request.Headers.Accept.ToString();
        return accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }
}
