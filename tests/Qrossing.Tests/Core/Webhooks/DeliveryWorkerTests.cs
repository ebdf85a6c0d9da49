using System.Text.Json;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Webhooks;
using Qrossing.Core.Webhooks.Sending;
using Qrossing.TestKit.Network;

namespace Qrossing.Tests.Core.Webhooks;

[Trait("Kind", "unit")]
public sealed class DeliveryWorkerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_arrives_signed_as_the_cloud_event_of_the_log()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        var sent = Assert.Single(await world.AppendAsync(("a", "k")));

        var received = Assert.Single(await receiver.WaitForAsync(1, Cancellation));
        Assert.Equal(SignatureVerdict.Valid, received.Signature);
        Assert.StartsWith("application/cloudevents+json", received.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(CloudEventWriter.ToBytes(sent), received.Body);

        var delivery = await WaitForAsync(world, subscription, DeliveryStatus.Delivered, 1);
        Assert.Equal(received.WebhookId, delivery[0].Id.Text);
        Assert.Equal((1, 204), (delivery[0].Attempts, delivery[0].ResponseStatus));
        var entry = Assert.Single(
            await world.Get<IAuditStore>().ListBySubjectAsync(TenantId.Default, subscription.Text, Cancellation), entry => entry.Action == "deliveries.batch");
        Assert.Contains("\"delivered\":1", world.Get<AuditReader>().Open(entry)!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_do_not_match_are_left_out()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.RunAsync<DeliveryWorker>();
        await SubscribeAsync(world, receiver, "q.test.wanted.*");
        await world.WriteAsync(session => session.Append(World.NewEvent("no", "q.test.other.v1")));
        await world.WriteAsync(session => session.Append(World.NewEvent("yes", "q.test.wanted.v1")));
        Assert.Equal(["yes"], Ids(await receiver.WaitForAsync(1, Cancellation)));
    }

    [Fact]
    public async Task Order_per_key_holds_while_other_keys_go_on()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var failures = 0;
        receiver.Answer = webhook => Ids([webhook])[0] == "a0" && Interlocked.Increment(ref failures) <= 3 ? new WebhookAnswer(500) : new WebhookAnswer();
        await world.RunAsync<DeliveryWorker>();
        await SubscribeAsync(world, receiver);
        await world.AppendAsync(Enumerable.Range(0, 10).SelectMany(i => new[] { ($"a{i}", (string?)"a"), ($"b{i}", "b") }));

        var received = await receiver.WaitUntilAsync(items => Ids(items).Distinct().Count() == 20, Cancellation);
        Assert.Equal(["a0", "a0", "a0", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9"], Ids(received).Where(id => id[0] == 'a'));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"b{i}"), Ids(received).Where(id => id[0] == 'b'));
        Assert.Single(received.Where(item => Ids([item])[0] == "a0").Select(item => item.WebhookId).Distinct());
    }

    [Fact]
    public async Task Waiting_deliveries_continue_after_a_restart_in_order()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => new WebhookAnswer(503);
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        await world.AppendAsync(Enumerable.Range(0, 5).Select(i => ($"e{i}", (string?)"k")));
        await WaitForAsync(world, subscription, DeliveryStatus.Waiting, 5);

        await world.RestartAsync();
        receiver.Answer = _ => new WebhookAnswer();
        var before = receiver.Received.Count;
        await world.RunAsync<DeliveryWorker>();
        await world.AppendAsync(("e5", "k"));
        var received = await receiver.WaitForAsync(before + 6, Cancellation);
        Assert.Equal(["e0", "e1", "e2", "e3", "e4", "e5"], Ids(received.Skip(before)));
    }

    [Fact]
    public async Task Slow_endpoint_does_not_hold_up_another()
    {
        await using var world = await World.StartAsync();
        await using var slow = await WebhookReceiver.StartAsync();
        await using var quick = await WebhookReceiver.StartAsync();
        slow.Answer = _ => new WebhookAnswer { Fault = WebhookFault.Silence };
        await world.RunAsync<DeliveryWorker>();
        await SubscribeAsync(world, slow);
        await SubscribeAsync(world, quick);
        await world.AppendAsync(("first", "k"));
        await slow.WaitForAsync(1, Cancellation);
        await world.AppendAsync(Enumerable.Range(0, 50).Select(i => ($"e{i}", (string?)"k")));
        await quick.WaitForAsync(51, Cancellation);
        Assert.Single(slow.Received);
    }

    [Fact]
    public async Task Endpoint_that_answers_410_is_disabled_and_loses_nothing()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerNext(new WebhookAnswer(410));
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        await world.AppendAsync(("a", "k"), ("b", "k"));

        var told = await NextEventAsync(world, "q.gateway.subscription.disabled.v1");
        Assert.Equal(subscription.Text, told.Subject);
        var disabled = (await world.Get<Subscriptions>().GetAsync(world.Context, subscription, Cancellation)).Value!;
        Assert.Equal(("disabled", SubscriptionStatus.EndpointGone), (disabled.Status, disabled.StatusReason));

        await world.AppendAsync(("c", "k"));
        await world.Get<Subscriptions>().UpdateAsync(world.Context, subscription, new SubscriptionChange(Types: ["q.test.*"], Status: "active"), Cancellation);
        Assert.Equal(["a", "a", "b", "c"], Ids(await receiver.WaitForAsync(4, Cancellation)));
    }

    [Fact]
    public async Task Delivery_that_is_given_up_tells_so_and_lets_the_next_one_pass()
    {
        await using var world = await World.StartAsync(new WebhookOptions { FirstDelay = TimeSpan.FromMilliseconds(10), GiveUpAfter = TimeSpan.Zero });
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerNext(new WebhookAnswer(400));
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver, "q.test.*");
        await world.AppendAsync(("dead", "k"), ("next", "k"));

        var told = await NextEventAsync(world, "q.gateway.delivery.dead_lettered.v1");
        var dead = Assert.Single(await WaitForAsync(world, subscription, DeliveryStatus.Dead, 1));
        Assert.Equal(dead.Id.Text, told.Subject);
        Assert.Equal((DeliveryReasons.Refused, 400), (dead.Reason, dead.ResponseStatus));
        Assert.Equal(["dead", "next"], Ids(await receiver.WaitForAsync(2, Cancellation)));

        Assert.True((await world.Get<Deliveries>().RetryAsync(world.Context, dead.Id, Cancellation)).IsSuccess);
        var again = (await receiver.WaitForAsync(3, Cancellation))[2];
        Assert.Equal(dead.Id.Text, again.WebhookId);
        var delivered = await WaitForAsync(world, subscription, DeliveryStatus.Delivered, 2);
        var retried = Assert.Single(delivered, delivery => delivery.Id == dead.Id);
        Assert.Equal((2, dead.CreatedAt), (retried.Attempts, retried.CreatedAt));
    }

    [Fact]
    public async Task Endpoint_that_fails_for_long_is_disabled()
    {
        await using var world = await World.StartAsync(new WebhookOptions { FirstDelay = TimeSpan.FromMilliseconds(10), DisableAfter = TimeSpan.Zero });
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => new WebhookAnswer(500);
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        await world.AppendAsync(("a", null));

        await NextEventAsync(world, "q.gateway.subscription.disabled.v1");
        var disabled = (await world.Get<Subscriptions>().GetAsync(world.Context, subscription, Cancellation)).Value!;
        Assert.Equal(SubscriptionStatus.EndpointFailing, disabled.StatusReason);
    }

    [Theory]
    [InlineData(302, null, DeliveryReasons.Redirected)]
    [InlineData(500, null, DeliveryReasons.Refused)]
    [InlineData(null, WebhookFault.Close, DeliveryReasons.Broken)]
    [InlineData(null, WebhookFault.Silence, DeliveryReasons.TimedOut)]
    public async Task Failure_is_kept_as_a_reason_and_tried_again(int? status, WebhookFault? fault, string reason)
    {
        await using var world = await World.StartAsync(new WebhookOptions { Timeout = TimeSpan.FromMilliseconds(300), FirstDelay = TimeSpan.FromDays(1), LongestDelay = TimeSpan.FromDays(1) });
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerNext(new WebhookAnswer(status ?? 204)
        {
            Fault = fault ?? WebhookFault.None,
            Headers = new Dictionary<string, string> { ["Location"] = receiver.Url.ToString() },
        });
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        await world.AppendAsync(("a", null));

        var waiting = Assert.Single(await WaitForAsync(world, subscription, DeliveryStatus.Waiting, 1));
        Assert.Equal((reason, status, 1), (waiting.Reason, waiting.ResponseStatus, waiting.Attempts));
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task Retry_after_of_the_endpoint_is_waited_for()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerNext(new WebhookAnswer(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = "3600" } });
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        await world.AppendAsync(("a", null));
        var waiting = Assert.Single(await WaitForAsync(world, subscription, DeliveryStatus.Waiting, 1));
        Assert.Equal(TimeSpan.FromHours(1), waiting.NextAttemptAt - waiting.UpdatedAt);
    }

    [Fact]
    public async Task Both_secrets_sign_after_a_rotation()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        var old = receiver.Secret!;
        receiver.Secret = (await world.Get<Subscriptions>().RotateSecretAsync(world.Context, subscription, Cancellation)).Value!.Secret;
        await world.AppendAsync(("a", null));

        var received = (await receiver.WaitForAsync(1, Cancellation))[0];
        Assert.Equal(SignatureVerdict.Valid, received.Signature);
        Assert.Equal(SignatureVerdict.Valid, StandardWebhook.Check(old, received.Headers, received.Body, received.ReceivedAt));
        Assert.Equal(2, received.Headers["webhook-signature"].Split(' ').Length);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_subscription_that_was_disabled_before_the_event()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        await world.AppendAsync(("before", "k"));
        await receiver.WaitForAsync(1, Cancellation);
        await world.Get<Subscriptions>().UpdateAsync(world.Context, subscription, new SubscriptionChange(Status: "disabled"), Cancellation);
        await world.AppendAsync(("while", "k"));
        await world.RestartAsync(); // ends every lane, after all that it had begun
        Assert.Equal(["before"], Ids(receiver.Received));
    }

    [Fact]
    public async Task Replay_sends_delivered_events_again_under_their_ids()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver, "q.test.*");
        var sent = await world.AppendAsync(("a", "k"), ("b", "k"), ("c", "k"));
        await WaitForAsync(world, subscription, DeliveryStatus.Delivered, 3);

        var replay = (await world.Get<Subscriptions>().ReplayAsync(world.Context, subscription, sent[0].Position, sent[1].Position, Cancellation)).Value!;
        Assert.Equal(2, replay.Deliveries);
        var received = await receiver.WaitForAsync(5, Cancellation);
        Assert.Equal(["a", "b", "c", "a", "b"], Ids(received));
        Assert.Equal(received[0].WebhookId, received[3].WebhookId);
    }

    [Fact]
    public async Task Waiting_delivery_is_skipped_when_the_types_no_longer_match()
    {
        await using var world = await World.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => new WebhookAnswer(500);
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        await world.AppendAsync(("a", null));
        await WaitForAsync(world, subscription, DeliveryStatus.Waiting, 1);
        await world.Get<Subscriptions>().UpdateAsync(world.Context, subscription, new SubscriptionChange(Types: ["q.other.*"]), Cancellation);
        Assert.Equal(DeliveryReasons.FilterChanged, (await WaitForAsync(world, subscription, DeliveryStatus.Skipped, 1))[0].Reason);
    }

    [Fact]
    public async Task Stop_stores_what_was_read_and_not_sent()
    {
        await using var world = await World.StartAsync(new WebhookOptions { StopGrace = TimeSpan.Zero });
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => new WebhookAnswer { Fault = WebhookFault.Silence };
        await world.RunAsync<DeliveryWorker>();
        var subscription = await SubscribeAsync(world, receiver);
        await world.AppendAsync(("a", "k"));
        await receiver.WaitForAsync(1, Cancellation);
        await world.RestartAsync();

        var waiting = Assert.Single((await world.Get<Deliveries>().ListAsync(world.Context, subscription, null, new PageRequest(), Cancellation)).Items);
        Assert.Equal((DeliveryStatus.Waiting, 0), (waiting.Status, waiting.Attempts));
        receiver.Answer = _ => new WebhookAnswer();
        await world.RunAsync<DeliveryWorker>();
        var received = await receiver.WaitForAsync(2, Cancellation);
        Assert.Equal(received[0].WebhookId, received[1].WebhookId);
    }

    private static async Task<SubscriptionId> SubscribeAsync(World world, WebhookReceiver receiver, string type = "*")
    {
        var created = (await world.Get<Subscriptions>().CreateAsync(world.Context, new NewSubscription(receiver.Url.ToString(), [type]), Cancellation)).Value!;
        receiver.Secret = created.Secret;
        return created.Subscription.Id;
    }

    private static List<string> Ids(IEnumerable<ReceivedWebhook> received) => [.. received.Select(item =>
    {
        using var document = JsonDocument.Parse(item.Body);
        return document.RootElement.GetProperty("id").GetString()!;
    })];

    /// <summary>Waits on the log, which grows with every batch of deliveries.</summary>
    private static async Task<IReadOnlyList<Delivery>> WaitForAsync(World world, SubscriptionId subscription, DeliveryStatus status, int count)
    {
        while (true)
        {
            var seen = world.Get<LogHead>().Position;
            var page = await world.Get<Deliveries>().ListAsync(world.Context, subscription, status, new PageRequest(200), Cancellation);
            if (page.Items.Count >= count)
            {
                return page.Items;
            }

            await world.Get<LogHead>().WaitAsync(seen, Cancellation);
        }
    }

    private static async Task<LogEvent> NextEventAsync(World world, string type)
    {
        await foreach (var item in world.Get<EventReader>().StreamAsync(TenantId.Default, 0, new EventFilter([type]), Cancellation))
        {
            return item;
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
