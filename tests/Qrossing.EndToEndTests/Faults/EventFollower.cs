namespace Qrossing.EndToEndTests.Faults;

/// <summary>A reader of <c>/v1/events/stream</c> that comes back with Last-Event-ID whenever the stream breaks, as browsers do.</summary>
internal sealed class EventFollower(GatewayClient client, string type)
{
    private readonly List<string> _positions = [];
    private readonly Lock _gate = new();

    /// <summary>Positions seen so far, in order.</summary>
    public IReadOnlyList<string> Positions
    {
        get
        {
            lock (_gate)
            {
                return [.. _positions];
            }
        }
    }

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(cancellationToken);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events/stream?after=0&type={type}");
        if (Positions is [.., var last])
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using var answer = await client.Gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        string? id = null;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.Length == 0 && id is not null)
            {
                // Only a whole event counts: one without its empty line is thrown away (WHATWG HTML, section 9.2.6).
                lock (_gate)
                {
                    _positions.Add(id);
                }

                id = null;
            }
        }
    }
}
