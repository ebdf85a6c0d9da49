using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;
using Qrossing.Core.Webhooks;

namespace Qrossing.Tests.Core.Webhooks;

[Trait("Kind", "unit")]
public sealed class SubscriptionsTests
{
    private const string Url = "https://example.com/hook";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Created_subscription_shows_its_secret_once_and_stores_it_sealed()
    {
        await using var world = await World.StartAsync();
        var created = (await world.Get<Subscriptions>().CreateAsync(world.Context, new NewSubscription(Url, ["q.squid.*", "*"]), Cancellation)).Value!;

        Assert.StartsWith("whsec_", created.Secret, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(created.Secret["whsec_".Length..]).Length);
        var stored = (await world.Get<Subscriptions>().GetAsync(world.Context, created.Subscription.Id, Cancellation)).Value!;
        Assert.Equal("active", stored.Status);
        Assert.DoesNotContain(created.Secret["whsec_".Length..], Assert.Single(stored.SealedSecrets), StringComparison.Ordinal);
        var entry = Assert.Single(await world.Get<IAuditStore>().ListBySubjectAsync(TenantId.Default, stored.Id.Text, Cancellation));
        Assert.Equal("subscriptions.created", entry.Action);
    }

    [Theory]
    [InlineData("http://example.com/", "/url")]
    [InlineData("ftp://example.com/", "/url")]
    [InlineData("https://user:secret@example.com/", "/url")]
    [InlineData("https://example.com/#part", "/url")]
    [InlineData("/relative", "/url")]
    [InlineData("https://\uff11\uff12\uff17.0.0.1/", "/url")]
    [InlineData("https://127\u30020\u30020\u30021/", "/url")]
    [InlineData("https://\u0661\u0662\u0667.0.0.1/", "/url")]
    [InlineData("https://\u2460\u2461\u2466.0.0.1/", "/url")]
    [InlineData("https://%EF%BC%91.example.com/", "/url")]
    [InlineData("https://example.com:0/", "/url")]
    [InlineData(null, "/url")]
    public async Task Url_that_may_not_be_called_is_refused(string? url, string pointer)
    {
        await using var world = await World.StartAsync();
        var refused = await world.Get<Subscriptions>().CreateAsync(world.Context, new NewSubscription(url, ["*"]), Cancellation);
        Assert.Equal([pointer], refused.Refusal!.Errors.Select(error => error.Pointer));
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        await using var world = await World.StartAsync();
        var refused = await world.Get<Subscriptions>().CreateAsync(world.Context, new NewSubscription("x", ["a*", "q.ok.*", ""], "tomorrow"), Cancellation);
        Assert.Equal(["/from", "/types/0", "/types/2", "/url"], refused.Refusal!.Errors.Select(error => error.Pointer).Order());
    }

    [Fact]
    public async Task Address_that_egress_forbids_is_refused_and_a_listed_one_may_be_plain_http()
    {
        await using var world = await World.StartAsync();
        var subscriptions = world.Get<Subscriptions>();
        var forbidden = await subscriptions.CreateAsync(world.Context, new NewSubscription("https://127.0.0.2/", ["*"]), Cancellation);
        var listed = await subscriptions.CreateAsync(world.Context, new NewSubscription("http://127.0.0.1:1/", ["*"]), Cancellation);
        Assert.Equal("egress.refused", forbidden.Refusal?.Error.Code);
        Assert.True(listed.IsSuccess);
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData("now", 3)]
    [InlineData("beginning", 0)]
    [InlineData("2", 2)]
    public async Task Cursor_begins_where_the_caller_asks(string? from, long cursor)
    {
        await using var world = await World.StartAsync();
        await world.AppendAsync(("a", null), ("b", null), ("c", null));
        var created = await world.Get<Subscriptions>().CreateAsync(world.Context, new NewSubscription(Url, ["*"], from), Cancellation);
        Assert.Equal(cursor, created.Value!.Subscription.Cursor);
    }

    [Fact]
    public async Task Change_touches_only_what_is_given()
    {
        await using var world = await World.StartAsync();
        var subscriptions = world.Get<Subscriptions>();
        var id = (await subscriptions.CreateAsync(world.Context, new NewSubscription(Url, ["*"]), Cancellation)).Value!.Subscription.Id;

        var disabled = (await subscriptions.UpdateAsync(world.Context, id, new SubscriptionChange(Status: "disabled"), Cancellation)).Value!;
        Assert.Equal(("disabled", "subscriptions.disabled_by_caller", Url, 2), (disabled.Status, disabled.StatusReason, disabled.Url, disabled.Version));
        var enabled = (await subscriptions.UpdateAsync(world.Context, id, new SubscriptionChange(Types: ["a.b"], Status: "active"), Cancellation)).Value!;
        Assert.Equal(("active", null, "a.b"), (enabled.Status, enabled.StatusReason, enabled.Types[0]));
        var refused = await subscriptions.UpdateAsync(world.Context, id, new SubscriptionChange(Status: "paused"), Cancellation);
        Assert.Equal("/status", refused.Refusal!.Errors[0].Pointer);
    }

    [Fact]
    public async Task Rotation_keeps_the_last_secret_for_a_day_and_no_older_one()
    {
        await using var world = await World.StartAsync();
        var subscriptions = world.Get<Subscriptions>();
        var first = (await subscriptions.CreateAsync(world.Context, new NewSubscription(Url, ["*"]), Cancellation)).Value!;
        var second = (await subscriptions.RotateSecretAsync(world.Context, first.Subscription.Id, Cancellation)).Value!;
        var third = (await subscriptions.RotateSecretAsync(world.Context, first.Subscription.Id, Cancellation)).Value!;

        Assert.Equal(3, new[] { first.Secret, second.Secret, third.Secret }.Distinct().Count());
        IWebhookSecrets secrets = world.Keys;
        Assert.Equal(
            [third.Secret, second.Secret],
            third.Subscription.SealedSecrets.Select(envelope => "whsec_" + Convert.ToBase64String(secrets.Open(TenantId.Default, envelope))));
        Assert.InRange(third.Subscription.OldSecretUntil!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Deleted_subscription_is_gone()
    {
        await using var world = await World.StartAsync();
        var subscriptions = world.Get<Subscriptions>();
        var id = (await subscriptions.CreateAsync(world.Context, new NewSubscription(Url, ["*"]), Cancellation)).Value!.Subscription.Id;

        Assert.Null(await subscriptions.DeleteAsync(world.Context, id, Cancellation));
        Assert.Equal("subscriptions.not_found", (await subscriptions.DeleteAsync(world.Context, id, Cancellation))?.Error.Code);
        Assert.Equal("subscriptions.not_found", (await subscriptions.GetAsync(world.Context, id, Cancellation)).Refusal?.Error.Code);
        Assert.Equal("subscriptions.not_found", (await subscriptions.RotateSecretAsync(world.Context, id, Cancellation)).Refusal?.Error.Code);
        Assert.Equal("subscriptions.not_found", (await subscriptions.ReplayAsync(world.Context, id, 1, null, Cancellation)).Refusal?.Error.Code);
        Assert.Empty((await subscriptions.ListAsync(world.Context, new PageRequest(), Cancellation)).Items);
    }

    [Theory]
    [InlineData(0, null, "/from")]
    [InlineData(3, 2L, "/to")]
    public async Task Replay_of_a_range_that_is_none_is_refused(long from, long? to, string pointer)
    {
        await using var world = await World.StartAsync();
        var id = (await world.Get<Subscriptions>().CreateAsync(world.Context, new NewSubscription(Url, ["*"]), Cancellation)).Value!.Subscription.Id;
        var refused = await world.Get<Subscriptions>().ReplayAsync(world.Context, id, from, to, Cancellation);
        Assert.Equal(pointer, refused.Refusal!.Errors[0].Pointer);
    }

    [Fact]
    public async Task Replay_of_too_many_events_names_where_to_divide()
    {
        await using var world = await World.StartAsync();
        foreach (var chunk in Enumerable.Range(0, Subscriptions.MaxReplay + 1).Chunk(1_000))
        {
            await world.WriteAsync(session => chunk.All(i => session.Append(World.NewEvent($"e{i}"))));
        }

        var id = (await world.Get<Subscriptions>().CreateAsync(world.Context, new NewSubscription(Url, ["*"]), Cancellation)).Value!.Subscription.Id;
        var refused = await world.Get<Subscriptions>().ReplayAsync(world.Context, id, 1, null, Cancellation);
        Assert.Equal("subscriptions.replay_too_long", refused.Refusal?.Error.Code);
        Assert.Contains("'to' may be at most 10000", refused.Refusal!.Detail, StringComparison.Ordinal);
        Assert.Equal(10_000, (await world.Get<Subscriptions>().ReplayAsync(world.Context, id, 1, 10_000, Cancellation)).Value!.Deliveries);
    }

    [Fact]
    public async Task Delivery_that_is_not_there_or_whose_subscription_is_gone_is_not_sent_again()
    {
        await using var world = await World.StartAsync();
        var (subscriptions, deliveries) = (world.Get<Subscriptions>(), world.Get<Deliveries>());
        var subscription = (await subscriptions.CreateAsync(world.Context, new NewSubscription(Url, ["*"]), Cancellation)).Value!.Subscription;
        var sent = Assert.Single(await world.AppendAsync(("a", null)));
        var delivered = DeliveryIds.NewDelivery(subscription, sent, DateTimeOffset.UnixEpoch) with { Status = DeliveryStatus.Delivered };
        await world.WriteAsync(session => world.Get<ISubscriptionStore>().PutDelivery(session, delivered));

        Assert.Equal(DeliveryStatus.Waiting, (await deliveries.RetryAsync(world.Context, delivered.Id, Cancellation)).Value!.Status);
        await world.WriteAsync(session => world.Get<ISubscriptionStore>().PutDelivery(session, delivered));
        await subscriptions.DeleteAsync(world.Context, subscription.Id, Cancellation);
        Assert.Equal("deliveries.subscription_gone", (await deliveries.RetryAsync(world.Context, delivered.Id, Cancellation)).Refusal?.Error.Code);
        var unknown = DeliveryIds.Derive(subscription.Id, 99);
        Assert.Equal("deliveries.not_found", (await deliveries.RetryAsync(world.Context, unknown, Cancellation)).Refusal?.Error.Code);
        Assert.Equal("deliveries.not_found", (await deliveries.GetAsync(world.Context, unknown, Cancellation)).Refusal?.Error.Code);
    }

    [Fact]
    public async Task Other_tenant_sees_nothing()
    {
        await using var world = await World.StartAsync();
        var id = (await world.Get<Subscriptions>().CreateAsync(world.Context, new NewSubscription(Url, ["*"]), Cancellation)).Value!.Subscription.Id;
        var stranger = world.Context with { Caller = world.Context.Caller with { Tenant = new TenantId("other") } };
        Assert.Equal("subscriptions.not_found", (await world.Get<Subscriptions>().GetAsync(stranger, id, Cancellation)).Refusal?.Error.Code);
        Assert.Equal("subscriptions.not_found", (await world.Get<Subscriptions>().DeleteAsync(stranger, id, Cancellation))?.Error.Code);
    }
}
