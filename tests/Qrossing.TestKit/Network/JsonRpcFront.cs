using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Qrossing.TestKit.Network;

/// <summary>A hostile proxy on loopback in front of a real node: passes JSON-RPC through, except where the test wants something else for the next request of a method.</summary>
public sealed class JsonRpcFront : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _node;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<Exchange, Task>>> _next = new();
    private readonly ConcurrentQueue<(string Method, string? Authorization)> _received = new();
    private LoopbackServer? _server;

    private JsonRpcFront(Uri node) => _node = node;

    public Uri Url => _server?.BaseUrl ?? throw new InvalidOperationException("Not started.");

    /// <summary>Every request it received: its method and its Authorization header.</summary>
    public IReadOnlyCollection<(string Method, string? Authorization)> Received => _received;

    public static async Task<JsonRpcFront> StartAsync(Uri node)
    {
        var front = new JsonRpcFront(node);
        front._server = await LoopbackServer.StartAsync(front.HandleAsync);
        return front;
    }

    public int CountOf(string method) => _received.Count(request => request.Method == method);

    /// <summary>The next request of the method meets the fault.</summary>
    public void FailNext(string method, FrontFault fault) => Next(method, exchange => FailAsync(exchange, fault));

    /// <summary>The next request of the method gets this result, JSON, in place of the node's.</summary>
    public void AnswerNext(string method, string result) =>
        Next(method, exchange => WriteAsync(exchange.Context, Envelope(exchange, $"\"result\":{result}")));

    /// <summary>Before the next request of the method is passed on, the test does something.</summary>
    public void BeforeNext(string method, Func<Task> doAsync) => Next(method, async exchange =>
    {
        await doAsync();
        await WriteAsync(exchange.Context, await PassOnAsync(exchange));
    });

    /// <summary>The next request of the method gets this error in place of the node's answer.</summary>
    public void RefuseNext(string method, long code, string message, string? data = null)
    {
        var detail = data is null ? "" : $",\"data\":{data}";
        Next(method, exchange => WriteAsync(exchange.Context, Envelope(exchange, $"\"error\":{{\"code\":{code},\"message\":{JsonSerializer.Serialize(message)}{detail}}}")));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _http.Dispose();
    }

    private static string Envelope(Exchange exchange, string rest) => $"{{\"jsonrpc\":\"2.0\",\"id\":{exchange.Id},{rest}}}";

    private void Next(string method, Func<Exchange, Task> answer) => _next.GetOrAdd(method, _ => new ConcurrentQueue<Func<Exchange, Task>>()).Enqueue(answer);

    private async Task HandleAsync(HttpContext context)
    {
        var body = await LoopbackServer.ReadBodyAsync(context.Request);
        var request = JsonElement.Parse(body);
        var method = request.GetProperty("method").GetString()!;
        _received.Enqueue((method, context.Request.Headers.Authorization));
        var exchange = new Exchange(context, body, request.GetProperty("id").GetRawText());
        if (_next.TryGetValue(method, out var queue) && queue.TryDequeue(out var answerAsync))
        {
            await answerAsync(exchange);
        }
        else
        {
            await WriteAsync(context, await PassOnAsync(exchange));
        }
    }

    private async Task<string> PassOnAsync(Exchange exchange)
    {
        using var content = new ByteArrayContent(exchange.Body);
        content.Headers.ContentType = new("application/json");
        using var response = await _http.PostAsync(_node, content);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task FailAsync(Exchange exchange, FrontFault fault)
    {
        const string Page = "<html><body>It works!</body></html>";
        var context = exchange.Context;
        if (fault is FrontFault.AppliesThenCloses or FrontFault.AppliesThenHtml or FrontFault.NeverAnswers)
        {
            await PassOnAsync(exchange);
        }

        switch (fault)
        {
            case FrontFault.AppliesThenCloses or FrontFault.Closes:
                context.Abort();
                break;
            case FrontFault.AppliesThenHtml or FrontFault.Html:
                await WriteAsync(context, Page);
                break;
            case FrontFault.BadGateway:
                await WriteAsync(context, Page, StatusCodes.Status502BadGateway);
                break;
            case FrontFault.NotFound:
                await WriteAsync(context, Page, StatusCodes.Status404NotFound);
                break;
            case FrontFault.WrongId:
                await WriteAsync(context, (await PassOnAsync(exchange)).Replace($"\"id\":{exchange.Id}", "\"id\":0", StringComparison.Ordinal));
                break;
            case FrontFault.Truncated:
                await TruncateAsync(context, Encoding.UTF8.GetBytes(await PassOnAsync(exchange)));
                break;
            case FrontFault.NoResult:
                await WriteAsync(context, Envelope(exchange, "\"extra\":true"));
                break;
            case FrontFault.OtherShape:
                await WriteAsync(context, Envelope(exchange, "\"result\":{\"value\":17}"));
                break;
            case FrontFault.ResultAndError:
                await WriteAsync(context, Envelope(exchange, "\"result\":\"0x1\",\"error\":{\"code\":3,\"message\":\"execution reverted\"}"));
                break;
            case FrontFault.NeverAnswers:
                await LoopbackServer.NeverAnswerAsync(context);
                break;
            case FrontFault.Unavailable:
                await WriteAsync(context, "", StatusCodes.Status503ServiceUnavailable);
                break;
            case FrontFault.RateLimits:
                context.Response.Headers.RetryAfter = "7";
                await WriteAsync(context, "", StatusCodes.Status429TooManyRequests);
                break;
            case FrontFault.Unauthorized:
                await WriteAsync(context, "", StatusCodes.Status401Unauthorized);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault));
        }
    }

    private static async Task TruncateAsync(HttpContext context, byte[] whole)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = whole.Length;
        await context.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task WriteAsync(HttpContext context, string text, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = text.StartsWith('{') ? "application/json" : "text/html";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    private sealed record Exchange(HttpContext Context, byte[] Body, string Id);
}
