using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Qrossing.TestKit.Network;

namespace Qrossing.Tests.Sdk;

/// <summary>An HTTP peer on loopback that answers in the form of the gateway's contract, for clients of the API. It keeps every request; a test replaces single answers.</summary>
internal sealed class ContractPeer : IAsyncDisposable
{
    public const string Key = "qk_test_operator1_0123456789abcdefghijklmn";

    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new();
    private LoopbackServer? _server;

    public Uri BaseUrl => _server!.BaseUrl;

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public static async Task<ContractPeer> StartAsync()
    {
        var peer = new ContractPeer();
        foreach (var (path, body) in ContractAnswers.Get)
        {
            peer.On($"GET {path}", StatusCodes.Status200OK, body);
        }

        peer.On($"POST /v1/effects/{ContractAnswers.EffectId}/probe", StatusCodes.Status200OK, ContractAnswers.Effect);
        peer.On($"POST /v1/effects/{ContractAnswers.EffectId}/cancel", StatusCodes.Status202Accepted, ContractAnswers.Effect);
        peer.On($"POST /v1/deliveries/{ContractAnswers.DeliveryId}/retry", StatusCodes.Status200OK, ContractAnswers.Delivery);
        peer._server = await LoopbackServer.StartAsync(peer.HandleAsync);
        return peer;
    }

    /// <summary>Answers <c>GET /v1/effects</c> and the like from now on.</summary>
    public void On(string request, int status, string body, params (string Name, string Value)[] headers) => On(request, async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = status >= 400 ? "application/problem+json" : "application/json";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(body);
    });

    public void On(string request, RequestDelegate answer) => _answers[request] = answer;

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        Requests.Enqueue(new SeenRequest(
            $"{request.Method} {request.Path}",
            request.QueryString.Value ?? "",
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await LoopbackServer.ReadBodyAsync(request)));
        if (request.Path != "/health/ready" && request.Headers["X-Api-Key"] != Key)
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "access.unauthenticated", "The credential is missing or not valid.");
        }
        else if (_answers.TryGetValue($"{request.Method} {request.Path}", out var answer))
        {
            await answer(context);
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "http.not_found", "There is nothing here.");
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string title)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(ContractAnswers.Problem(status, code, title));
    }
}

/// <param name="Line">Method and path.</param>
/// <param name="Query">Query string with its question mark.</param>
/// <param name="Headers">Headers, names in any case.</param>
/// <param name="Body">The raw body.</param>
internal sealed record SeenRequest(string Line, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body);
