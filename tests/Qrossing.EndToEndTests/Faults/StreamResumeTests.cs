using System.Net;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Faults;

/// <summary>The event stream through the death of the gateway.</summary>
[Trait("Kind", "e2e")]
public sealed class StreamResumeTests
{
    private const int Kills = 2;
    private const int EventsPerLife = 60;

    [Fact]
    public async Task Follower_that_resumes_after_each_kill_sees_every_event_once_and_in_order()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var client = new GatewayClient(gateway);
        var follower = new EventFollower(client, "q.test.resume.v1");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var following = follower.RunAsync(over.Token);
        for (var life = 0; life <= Kills; life++)
        {
            var publishing = PublishAsync(client, life);
            if (life < Kills)
            {
                var seen = (life * EventsPerLife) + (EventsPerLife / 3);
                await client.UntilAsync(() => Task.FromResult(follower.Positions.Count >= seen), () => $"only {follower.Positions.Count} events arrived");
                await gateway.KillAsync();
                await publishing;
                await gateway.RestartAsync();
                await PublishAsync(client, life); // what was lost on the way is sent again; what was stored is not stored twice
            }
            else
            {
                await publishing;
            }
        }

        var stored = await client.ListAsync("/v1/events?type=q.test.resume.v1&limit=200");
        Assert.Equal((Kills + 1) * EventsPerLife, stored.Count);
        await client.UntilAsync(() => Task.FromResult(follower.Positions.Count >= stored.Count), () => $"only {follower.Positions.Count} of {stored.Count} events arrived");
        Assert.Equal(stored.Select(item => item.GetProperty("sequence").GetString()!), follower.Positions);
        await over.CancelAsync();
        await following;
    }

    private static async Task PublishAsync(GatewayClient client, int life)
    {
        for (var number = 0; number < EventsPerLife; number++)
        {
            using var content = new StringContent($$"""{"specversion":"1.0","id":"r{{life}}-{{number}}","source":"/resume","type":"q.test.resume.v1","partitionkey":"one"}""");
            content.Headers.ContentType = new("application/cloudevents+json");
            try
            {
                using var answer = await client.Gateway.Http.PostAsync(new Uri("/v1/events", UriKind.Relative), content, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                return; // killed
            }
        }
    }
}
