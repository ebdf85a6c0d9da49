using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Qrossing.Sdk.Transport;

namespace Qrossing.Sdk.Events;

/// <summary><c>/v1/events</c>.</summary>
public sealed class EventCalls
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly GatewayHttp _gateway;
    private readonly TimeProvider _clock;

    internal EventCalls(GatewayHttp gateway, TimeProvider clock)
    {
        _gateway = gateway;
        _clock = clock;
    }

    /// <summary>Events in the order of the log. Permission <c>events:read</c>.</summary>
    /// <param name="filter">Null lists all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<CloudEvent>> ListAsync(EventFilter? filter = null, CancellationToken cancellationToken = default) =>
        _gateway.GetAsync(Path("/v1/events", filter).With("limit", filter?.Limit), SdkJson.Default.PageCloudEvent, cancellationToken);

    /// <summary>
    /// Events as they come (server-sent events), without end: the stream resumes behind the last event that was taken when the connection breaks, after a pause of 1 s that doubles up to 30 s.
    /// Each event comes once per call of this method. Without <see cref="EventFilter.After"/> the place to resume at is known from the first event on. Permission <c>events:read</c>.
    /// </summary>
    /// <param name="filter">Where to start and what to leave out; null: everything that is new.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="QrossingProblemException">The gateway refuses and waiting would not help.</exception>
    public async IAsyncEnumerable<CloudEvent> StreamAsync(EventFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = filter?.After;
        var pause = FirstPause;
        while (true)
        {
            await foreach (var item in ReadUntilBrokenAsync(filter, last, cancellationToken))
            {
                last = item.Sequence ?? last;
                pause = FirstPause;
                yield return item;
            }

            await Task.Delay(pause, _clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static RequestPath Path(string path, EventFilter? filter) =>
        new RequestPath(path).With("type", filter?.Type).With("subject", filter?.Subject).With("after", filter?.After);

    // One connection. A break ends it quietly: the caller of this method resumes.
    private async IAsyncEnumerable<CloudEvent> ReadUntilBrokenAsync(EventFilter? filter, string? last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await OpenAsync(filter, last, cancellationToken);
        if (answer is null)
        {
            yield break;
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var items = SseParser.Create(body, static (_, data) => Read(data)).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MovesAsync(items))
        {
            if (items.Current.Data is { } item)
            {
                yield return item;
            }
        }
    }

    private async Task<HttpResponseMessage?> OpenAsync(EventFilter? filter, string? last, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, default(Uri));
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        if (last is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        }

        try
        {
            return await _gateway.SendAsync(request, Path("/v1/events/stream", filter), cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (QrossingProblemException problem) when (problem.Retryable)
        {
            return null;
        }
    }

    private static async ValueTask<bool> MovesAsync(IAsyncEnumerator<SseItem<CloudEvent?>> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return false;
        }
    }

    private static CloudEvent? Read(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? null : JsonSerializer.Deserialize(data, SdkJson.Default.CloudEvent);
}
