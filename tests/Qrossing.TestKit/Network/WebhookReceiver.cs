using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Qrossing.TestKit.Network;

/// <summary>
/// An endpoint of somebody else's: records every delivery with its raw body and headers, checks the signature itself, and
/// answers what the test says.
/// </summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ArrivalLog<ReceivedWebhook> _received = new();
    private readonly ConcurrentQueue<WebhookAnswer> _answers = new();
    private readonly TimeProvider _clock;
    private LoopbackServer? _server;

    private WebhookReceiver(TimeProvider clock) => _clock = clock;

    /// <summary>Where to deliver; any path below works too.</summary>
    public Uri Url => _server?.BaseUrl ?? throw new InvalidOperationException("Not started.");

    /// <summary>The <c>whsec_</c> secret that deliveries are checked with, once it is known.</summary>
    public string? Secret { get; set; }

    /// <summary>The answer to deliveries for which none is queued. Default: 204.</summary>
    public Func<ReceivedWebhook, WebhookAnswer> Answer { get; set; } = _ => new WebhookAnswer();

    /// <summary>All deliveries so far, oldest first.</summary>
    public IReadOnlyList<ReceivedWebhook> Received => _received.Items;

    /// <param name="clock">Judges timestamps. Default: the system's.</param>
    public static async Task<WebhookReceiver> StartAsync(TimeProvider? clock = null)
    {
        var receiver = new WebhookReceiver(clock ?? TimeProvider.System);
        receiver._server = await LoopbackServer.StartAsync(receiver.HandleAsync);
        return receiver;
    }

    /// <summary>Queues answers for the next deliveries, one each; afterwards <see cref="Answer"/> holds again.</summary>
    public void AnswerNext(params IEnumerable<WebhookAnswer> answers)
    {
        foreach (var answer in answers)
        {
            _answers.Enqueue(answer);
        }
    }

    /// <summary>Returns all deliveries as soon as there are at least so many.</summary>
    public Task<IReadOnlyList<ReceivedWebhook>> WaitForAsync(int count, CancellationToken cancellationToken) =>
        _received.WaitForAsync(items => items.Count >= count, cancellationToken);

    /// <summary>Returns all deliveries as soon as they satisfy the condition.</summary>
    public Task<IReadOnlyList<ReceivedWebhook>> WaitUntilAsync(Func<IReadOnlyList<ReceivedWebhook>, bool> condition, CancellationToken cancellationToken) =>
        _received.WaitForAsync(condition, cancellationToken);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var body = await LoopbackServer.ReadBodyAsync(request);
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var now = _clock.GetUtcNow();
        var webhook = _received.Add(count => new ReceivedWebhook(
            count + 1,
            request.Method,
            request.Path + request.QueryString.Value,
            headers,
            body,
            now,
            Secret is { } secret ? StandardWebhook.Check(secret, headers, body, now) : null));
        await AnswerAsync(context, _answers.TryDequeue(out var queued) ? queued : Answer(webhook));
    }

    private static async Task AnswerAsync(HttpContext context, WebhookAnswer answer)
    {
        switch (answer.Fault)
        {
            case WebhookFault.Close:
                context.Abort();
                return;
            case WebhookFault.Silence:
                await LoopbackServer.NeverAnswerAsync(context);
                return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body), context.RequestAborted);
        }
    }
}
