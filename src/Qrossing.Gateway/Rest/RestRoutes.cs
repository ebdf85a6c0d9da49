using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Qrossing.Gateway.Rest;

/// <summary>Where endpoints are declared: each with its rule in the endpoint's metadata, so that none can be without.</summary>
internal sealed class RestRoutes(IEndpointRouteBuilder endpoints, RestPipeline pipeline)
{
    /// <summary>A read. HEAD answers the same without a body where <paramref name="head"/> says so.</summary>
    public void Get(string pattern, EndpointRule rule, Func<GatewayCall, Task<Answer>> handler, bool head = false) =>
        Map(head ? [HttpMethods.Get, HttpMethods.Head] : [HttpMethods.Get], pattern, rule, handler);

    /// <summary>A POST.</summary>
    public void Post(string pattern, EndpointRule rule, Func<GatewayCall, Task<Answer>> handler) => Map([HttpMethods.Post], pattern, rule, handler);

    /// <summary>A PATCH.</summary>
    public void Patch(string pattern, EndpointRule rule, Func<GatewayCall, Task<Answer>> handler) => Map([HttpMethods.Patch], pattern, rule, handler);

    /// <summary>A PUT.</summary>
    public void Put(string pattern, EndpointRule rule, Func<GatewayCall, Task<Answer>> handler) => Map([HttpMethods.Put], pattern, rule, handler);

    /// <summary>A DELETE.</summary>
    public void Delete(string pattern, EndpointRule rule, Func<GatewayCall, Task<Answer>> handler) => Map([HttpMethods.Delete], pattern, rule, handler);

    /// <summary>Any methods.</summary>
    public void Map(IReadOnlyList<string> methods, string pattern, EndpointRule rule, Func<GatewayCall, Task<Answer>> handler)
    {
        endpoints.MapMethods(pattern, methods, pipeline.Wrap(rule, handler)).WithMetadata(rule);
    }

    /// <summary>An endpoint of the list of open paths: no credential is asked.</summary>
    public void Open(string pattern, EndpointText text, Func<HttpContext, Task<Answer>> handler) =>
        endpoints
            .MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], async http => await (await handler(http)).WriteAsync(http))
            .WithMetadata(new EndpointRule(Permission: null) { Text = text });
}
