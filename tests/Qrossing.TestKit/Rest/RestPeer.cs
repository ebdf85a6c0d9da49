using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Qrossing.TestKit.Network;

namespace Qrossing.TestKit.Rest;

/// <summary>
/// Somebody else's REST API on loopback: an order desk that honours <c>Idempotency-Key</c>, with its OpenAPI 3.1 document at
/// <c>/openapi.json</c>, state that outlives the gateway's crashes, and faults the test chooses. It counts what it really did.
/// Its operations are <c>createOrder</c>, <c>getOrder</c> and <c>listOrders</c>.
/// </summary>
public sealed class RestPeer : IAsyncDisposable
{
    /// <summary>The credential it asks for in <c>X-Orders-Key</c>.</summary>
    public const string ApiKey = "orders-desk-key-1";

    private const string KeyHeader = "X-Orders-Key";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly OrderBook _book = new();
    private readonly ArrivalLog<RestRequest> _requests = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RestPeerFault>> _faults = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LoopbackServer? _server;

    private RestPeer()
    {
    }

    public Uri BaseUrl => _server?.BaseUrl ?? throw new InvalidOperationException("Not started.");

    public Uri DocumentUrl => new(BaseUrl, "/openapi.json");

    /// <summary>Every order it really applied, in order. An order applied twice stands here twice.</summary>
    public IReadOnlyList<RestOrder> Applied => _book.All;

    /// <summary>Every request it received, faulty ones included.</summary>
    public IReadOnlyList<RestRequest> Requests => _requests.Items;

    public static async Task<RestPeer> StartAsync()
    {
        var peer = new RestPeer();
        peer._server = await LoopbackServer.StartAsync(peer.HandleAsync);
        return peer;
    }

    /// <summary>How often an order with this reference was really applied.</summary>
    public int AppliedCount(string reference) => Applied.Count(order => order.Reference == reference);

    /// <summary>The next requests of an operation meet these faults, one each.</summary>
    public void FailNext(string operationId, params IEnumerable<RestPeerFault> faults)
    {
        var queue = _faults.GetOrAdd(operationId, _ => new ConcurrentQueue<RestPeerFault>());
        foreach (var fault in faults)
        {
            queue.Enqueue(fault);
        }
    }

    /// <summary>Lets requests held by <see cref="RestPeerFault.Slow"/> be answered, those to come included.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Returns all requests as soon as they satisfy the condition.</summary>
    public Task<IReadOnlyList<RestRequest>> WaitForAsync(Func<IReadOnlyList<RestRequest>, bool> condition, CancellationToken cancellationToken) =>
        _requests.WaitForAsync(condition, cancellationToken);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task HandleAsync(HttpContext context)
    {
        var (operation, orderId) = Route(context.Request);
        if (operation == "document")
        {
            await WriteTextAsync(context, StatusCodes.Status200OK, "application/json", await ReadDocumentAsync());
            return;
        }

        var body = Encoding.UTF8.GetString(await LoopbackServer.ReadBodyAsync(context.Request));
        var key = context.Request.Headers["Idempotency-Key"].FirstOrDefault();
        if (operation is null)
        {
            await ProblemAsync(context, StatusCodes.Status404NotFound, "No such resource");
        }
        else if (context.Request.Headers[KeyHeader] != ApiKey)
        {
            await ProblemAsync(context, StatusCodes.Status401Unauthorized, $"{KeyHeader} is missing or wrong");
        }
        else
        {
            var fault = _faults.TryGetValue(operation, out var queue) && queue.TryDequeue(out var next) ? next : RestPeerFault.None;
            _requests.Add(_ => new RestRequest(operation, key, body, fault));
            await PerformAsync(context, operation, orderId, key, body, fault);
        }
    }

    private async Task PerformAsync(HttpContext context, string operation, string orderId, string? key, string body, RestPeerFault fault)
    {
        switch (fault)
        {
            case RestPeerFault.Close:
                context.Abort();
                return;
            case RestPeerFault.Garbage:
                await GarbageAsync(context);
                return;
            case RestPeerFault.RateLimited:
                context.Response.Headers.RetryAfter = "1";
                await ProblemAsync(context, StatusCodes.Status429TooManyRequests, "Slow down");
                return;
            case RestPeerFault.Unavailable:
                await ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, "Closed for lunch");
                return;
        }

        var (status, answer) = Apply(context.Request, operation, orderId, key, body);
        switch (fault)
        {
            case RestPeerFault.ApplyThenTimeout:
                await LoopbackServer.NeverAnswerAsync(context);
                return;
            case RestPeerFault.ApplyThenClose:
                context.Abort();
                return;
            case RestPeerFault.ApplyThenGarbage:
                await GarbageAsync(context);
                return;
            case RestPeerFault.Slow:
                await _released.Task.WaitAsync(context.RequestAborted);
                break;
        }

        if (answer is string problem)
        {
            await ProblemAsync(context, status, problem);
        }
        else
        {
            await WriteTextAsync(context, status, "application/json", JsonSerializer.Serialize(answer, Json));
        }
    }

    /// <summary>Does what the operation says. The answer is an object, or the title of a problem.</summary>
    private (int Status, object Answer) Apply(HttpRequest request, string operation, string orderId, string? key, string body)
    {
        switch (operation)
        {
            case "getOrder":
                return _book.Find(orderId) is { } found ? (200, found) : (404, $"No order {orderId}");
            case "listOrders":
                return (200, new { orders = Applied.Where(order => order.Reference == request.Query["reference"]) });
            default:
                if (ReadOrder(body) is not { } wanted)
                {
                    return (422, "Not an order");
                }

                return _book.Apply(key, body, wanted) switch
                {
                    (null, _) => (422, "This key was used with another body"),
                    (var order, var isNew) => (isNew ? 201 : 200, order),
                };
        }
    }

    private static (string? Operation, string OrderId) Route(HttpRequest request) => (request.Method, request.Path.Value?.Split('/')) switch
    {
        ("GET", ["", "openapi.json"]) => ("document", ""),
        ("POST", ["", "orders"]) => ("createOrder", ""),
        ("GET", ["", "orders"]) => ("listOrders", ""),
        ("GET", ["", "orders", var id]) => ("getOrder", id),
        _ => (null, ""),
    };

    private static NewOrder? ReadOrder(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<NewOrder>(body, Json) is { Quantity: > 0, Item.Length: > 0, Reference.Length: > 0 } order ? order : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<string> ReadDocumentAsync()
    {
        await using var resource = typeof(RestPeer).Assembly.GetManifestResourceStream("Qrossing.TestKit.Rest.orders.openapi.json")
            ?? throw new InvalidOperationException("The document is not embedded.");
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync();
    }

    private static Task GarbageAsync(HttpContext context) =>
        WriteTextAsync(context, StatusCodes.Status200OK, "application/json", "<html>It works!</html>");

    private static Task ProblemAsync(HttpContext context, int status, string title) =>
        WriteTextAsync(context, status, "application/problem+json", JsonSerializer.Serialize(new { title, status }, Json));

    private static async Task WriteTextAsync(HttpContext context, int status, string contentType, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
    }
}
