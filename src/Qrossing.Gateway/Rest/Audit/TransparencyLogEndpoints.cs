using System.Text;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Errors;
using Qrossing.Formats.Transparency;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest.Audit;

/// <summary><c>/tlog</c>: the transparency log for monitors (C2SP tlog-tiles). Open when <c>Audit:Public</c>, else it needs <c>audit:read</c>.</summary>
internal sealed class TransparencyLogEndpoints(AuditReader audit, AuditOptions options) : IMapsEndpoints
{
    private const string Tag = "Transparency log";
    private const string CacheForEver = "max-age=31536000, immutable";

    public void Map(RestRoutes routes)
    {
        Map(routes, "/tlog/checkpoint", new EndpointText("getLogCheckpoint", Tag, "The newest checkpoint (C2SP tlog-checkpoint).")
        {
            MediaType = "text/plain",
            Errors = [HttpErrors.NotFound],
        }, CheckpointAsync);
        Map(routes, "/tlog/tile/{**path}", new EndpointText("getLogTile", Tag, "A tile of hashes or a bundle of entries (C2SP tlog-tiles).")
        {
            MediaType = "application/octet-stream",
            Errors = [HttpErrors.NotFound],
        }, TileAsync);
    }

    private void Map(RestRoutes routes, string pattern, EndpointText text, Func<HttpContext, Task<Answer>> handler)
    {
        if (options.Public)
        {
            routes.Open(pattern, text, handler);
        }
        else
        {
            routes.Get(pattern, new EndpointRule(Permissions.AuditRead) { Text = text }, call => handler(call.Http));
        }
    }

    private async Task<Answer> CheckpointAsync(HttpContext http) =>
        await audit.CheckpointAsync(http.RequestAborted) is { } checkpoint
            ? Answer.Bytes(StatusCodes.Status200OK, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(checkpoint))
            : new Refusal(HttpErrors.NotFound, "The log is still empty.");

    /// <summary>A tile or bundle by the route value <c>path</c>.</summary>
    internal async Task<Answer> TileAsync(HttpContext http)
    {
        if (!TilePath.TryParse($"tile/{http.Request.RouteValues["path"]}", out var path) || await audit.TileAsync(path, http.RequestAborted) is not { } tile)
        {
            return new Refusal(HttpErrors.NotFound, "The log has no such tile.");
        }

        if (path.Width == TilePath.FullWidth)
        {
            http.Response.Headers.CacheControl = $"{(options.Public ? "public" : "private")}, {CacheForEver}"; // a full tile never changes; one behind a permission stays out of shared caches
        }

        return Answer.Bytes(StatusCodes.Status200OK, "application/octet-stream", tile);
    }
}
