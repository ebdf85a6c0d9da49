using Microsoft.AspNetCore.Http;
using Qrossing.Sdk;
using Qrossing.Sdk.Events;

namespace Qrossing.Tests.Sdk;

[Trait("Kind", "unit")]
public sealed class EventStreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_keeps_its_extension_attributes_and_data()
    {
        await using var peer = await ContractPeer.StartAsync();
        using var client = new QrossingClient(peer.BaseUrl, ContractPeer.Key);

        var item = Assert.Single((await client.Events.ListAsync(new EventFilter { Type = "q.gateway.*", After = "16" }, Cancel)).Data);

        Assert.Equal(("17", ContractAnswers.EffectId, "kept"), (item.Sequence, item.EffectId, item.Extensions!["ourown"].GetString()));
        Assert.Equal("unknown", item.Data!.Value.GetProperty("phase").GetString());
        Assert.Equal("?type=q.gateway.%2A&after=16", Assert.Single(peer.Requests).Query);
    }

    [Fact(Explicit = true)]
    public async Task Stream_that_breaks_goes_on_behind_the_last_event_taken()
    {
        await using var peer = await ContractPeer.StartAsync();
        using var client = new QrossingClient(peer.BaseUrl, ContractPeer.Key);
        peer.On("GET /v1/events/stream", async context =>
        {
            var next = int.Parse(context.Request.Headers["Last-Event-ID"].ToString()) + 1;
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync($": keep-alive\n\n{Written(next)}{Written(next + 1)}id: 99\ndata: {{\"cut");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var positions = new List<string?>();
        await foreach (var item in client.Events.StreamAsync(new EventFilter { After = "16" }, Cancel))
        {
            positions.Add(item.Sequence);
            if (positions.Count == 4)
            {
                break;
            }
        }

        Assert.Equal(["17", "18", "19", "20"], positions);
        // A reset may discard what was not read yet; then the stream is taken up once more from where it was.
        var asked = peer.Requests.Select(seen => seen.Headers["Last-Event-ID"]).ToList();
        Assert.Equal("16", asked[0]);
        Assert.Equal("18", asked[^1]);
    }

    [Fact]
    public async Task Stream_that_the_gateway_refuses_ends_with_its_problem()
    {
        await using var peer = await ContractPeer.StartAsync();
        using var client = new QrossingClient(peer.BaseUrl, apiKey: null);

        var problem = await Assert.ThrowsAsync<QrossingProblemException>(async () => await client.Events.StreamAsync(cancellationToken: Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync());

        Assert.Equal("access.unauthenticated", problem.Code);
    }

    private static string Written(int position)
    {
        var text = ContractAnswers.Event.Replace("\n", "", StringComparison.Ordinal).Replace("\"sequence\":\"17\"", $"\"sequence\":\"{position}\"", StringComparison.Ordinal);
        return $"id: {position}\nevent: q.gateway.effects.unknown.v1\ndata: {text}\n\n";
    }
}
