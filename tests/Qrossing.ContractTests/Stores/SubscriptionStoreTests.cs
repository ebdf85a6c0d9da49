using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;
using Qrossing.Core.Webhooks;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Stores;

public abstract class SubscriptionStoreTests(StoreEngine engine) : StoreTests(engine)
{
    [Fact]
    public async Task Subscription_is_read_as_it_was_inserted_and_updated_but_for_its_cursor()
    {
        var first = Samples.Subscription();
        await Db.WriteAsync(session => Db.Subscriptions.Insert(session, first));
        Assert.Equivalent(first, await Db.Subscriptions.GetAsync(Samples.Tenant, first.Id, Cancel), strict: true);
        var changed = first with
        {
            Url = "https://example.test/other", Types = ["*"], Status = "disabled", StatusReason = "gone", SealedSecrets = ["s2", "s1"],
            OldSecretUntil = Samples.Time, FailingSince = Samples.Time, Cursor = 99, Version = 2,
        };

        var (stale, done) = await Db.Writer.WriteAsync(
            session => (Db.Subscriptions.TryUpdate(session, changed, 7), Db.Subscriptions.TryUpdate(session, changed, 1)), Cancel);

        Assert.Equal((false, true), (stale, done));
        Assert.Equivalent(changed with { Cursor = 0 }, await Db.Subscriptions.GetAsync(Samples.Tenant, first.Id, Cancel), strict: true);
        Assert.Null(await Db.Subscriptions.GetAsync(Samples.Other, first.Id, Cancel));
    }

    [Fact]
    public async Task Cursor_never_goes_back_and_carries_the_failing_time()
    {
        var subscription = Samples.Subscription();
        await Db.WriteAsync(session =>
        {
            Db.Subscriptions.Insert(session, subscription);
            Db.Subscriptions.MoveCursor(session, Samples.Tenant, subscription.Id, 10, Samples.Time);
            Db.Subscriptions.MoveCursor(session, Samples.Tenant, subscription.Id, 4, Samples.Time);
        });
        var failing = (await Db.Subscriptions.GetAsync(Samples.Tenant, subscription.Id, Cancel))!;
        await Db.WriteAsync(session => Db.Subscriptions.MoveCursor(session, Samples.Tenant, subscription.Id, 11, null));
        var fine = (await Db.Subscriptions.GetAsync(Samples.Tenant, subscription.Id, Cancel))!;

        Assert.Equal((10L, Samples.Time, 1L), (failing.Cursor, failing.FailingSince, failing.Version));
        Assert.Equal((11L, null), (fine.Cursor, fine.FailingSince));
    }

    [Fact]
    public async Task Lists_give_a_tenants_newest_first_and_all_active_ones()
    {
        var one = Samples.Subscription();
        var two = Samples.Subscription() with { Status = "disabled" };
        var three = Samples.Subscription(Samples.Other);
        await Db.WriteAsync(session => Array.ForEach([one, two, three], subscription => Db.Subscriptions.Insert(session, subscription)));

        var page = await Db.Subscriptions.ListAsync(Samples.Tenant, new PageRequest(1), Cancel);
        var next = await Db.Subscriptions.ListAsync(Samples.Tenant, new PageRequest(1, page.Next), Cancel);

        Assert.Equal(two.Id, Assert.Single(page.Items).Id);
        Assert.Equal(one.Id, Assert.Single(next.Items).Id);
        Assert.Null(next.Next);
        Assert.Equal([one.Id, three.Id], (await Db.Subscriptions.ListActiveAsync(Cancel)).Select(subscription => subscription.Id));
    }

    [Fact]
    public async Task Delete_takes_the_deliveries_that_have_not_ended_with_it()
    {
        var subscription = Samples.Subscription();
        var open = Samples.Delivery(subscription.Id, 1);
        var dead = Samples.Delivery(subscription.Id, 2, DeliveryStatus.Dead);
        var (otherTenant, first, second) = await Db.Writer.WriteAsync(
            session =>
            {
                Db.Subscriptions.Insert(session, subscription);
                Db.Subscriptions.PutDelivery(session, open);
                Db.Subscriptions.PutDelivery(session, dead);
                return (Db.Subscriptions.Delete(session, Samples.Other, subscription.Id),
                    Db.Subscriptions.Delete(session, Samples.Tenant, subscription.Id),
                    Db.Subscriptions.Delete(session, Samples.Tenant, subscription.Id));
            },
            Cancel);

        Assert.Equal((false, true, false), (otherTenant, first, second));
        Assert.Null(await Db.Subscriptions.GetAsync(Samples.Tenant, subscription.Id, Cancel));
        Assert.Null(await Db.Subscriptions.GetDeliveryAsync(Samples.Tenant, open.Id, Cancel));
        Assert.Equal(dead, await Db.Subscriptions.GetDeliveryAsync(Samples.Tenant, dead.Id, Cancel));
    }

    [Fact]
    public async Task Delivery_is_replaced_until_it_was_delivered()
    {
        var waiting = Samples.Delivery(Samples.Ids.New<SubscriptionId>(), 1);
        var delivered = waiting with
        {
            Status = DeliveryStatus.Delivered, Attempts = 3, NextAttemptAt = null, ResponseStatus = null, Reason = null, PartitionKey = null,
        };

        Assert.Equal((true, true, false), await Db.Writer.WriteAsync(
            session => (Db.Subscriptions.PutDelivery(session, waiting), Db.Subscriptions.PutDelivery(session, delivered), Db.Subscriptions.PutDelivery(session, waiting)),
            Cancel));
        Assert.Equal(delivered, await Db.Subscriptions.GetDeliveryAsync(Samples.Tenant, waiting.Id, Cancel));
        Assert.Null(await Db.Subscriptions.GetDeliveryAsync(Samples.Other, waiting.Id, Cancel));
    }

    [Fact]
    public async Task Deliveries_are_listed_newest_event_first_filtered_and_in_pages()
    {
        var one = Samples.Ids.New<SubscriptionId>();
        var two = Samples.Ids.New<SubscriptionId>();
        Delivery[] all =
        [
            Samples.Delivery(one, 1, DeliveryStatus.Delivered), Samples.Delivery(one, 2, DeliveryStatus.Dead), Samples.Delivery(two, 2),
            Samples.Delivery(one, 3, DeliveryStatus.Skipped), Samples.Delivery(one, 10, DeliveryStatus.Sending),
        ];
        await Db.WriteAsync(session => Array.ForEach(all, delivery => Assert.True(Db.Subscriptions.PutDelivery(session, delivery))));

        var listed = new List<Delivery>();
        string? after = null;
        do
        {
            var page = await Db.Subscriptions.ListDeliveriesAsync(Samples.Tenant, null, null, new PageRequest(2, after), Cancel);
            listed.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(all.OrderByDescending(delivery => delivery.Position).ThenByDescending(delivery => delivery.Id.Text, StringComparer.Ordinal), listed);
        Assert.Equal([10L, 3, 2, 1], await PositionsAsync(one, null));
        Assert.Equal([2L], await PositionsAsync(null, DeliveryStatus.Dead));
        Assert.Equal([2L], await PositionsAsync(two, DeliveryStatus.Waiting));
        Assert.Empty(await PositionsAsync(two, DeliveryStatus.Dead));
        await Assert.ThrowsAsync<FormatException>(
            async () => await Db.Subscriptions.ListDeliveriesAsync(Samples.Tenant, null, null, new PageRequest(2, "YWJj"), Cancel));
        Assert.Equal(
            [all[0], .. all[1..3].OrderBy(delivery => delivery.Id.Text, StringComparer.Ordinal)],
            await Db.Subscriptions.ListDeliveriesOfAsync(Samples.Tenant, [1, 2, 77], Cancel));
        Assert.Empty(await Db.Subscriptions.ListDeliveriesOfAsync(Samples.Tenant, [], Cancel));
    }

    [Fact]
    public async Task Waiting_deliveries_come_in_log_order_after_a_position()
    {
        var subscription = Samples.Ids.New<SubscriptionId>();
        await Db.WriteAsync(session =>
        {
            foreach (var (position, status) in new[]
            {
                (5L, DeliveryStatus.Waiting), (2, DeliveryStatus.Waiting), (3, DeliveryStatus.Sending), (4, DeliveryStatus.Dead), (1, DeliveryStatus.Waiting),
            })
            {
                Db.Subscriptions.PutDelivery(session, Samples.Delivery(subscription, position, status));
            }
        });

        Assert.Equal([2L, 3, 5], (await Db.Subscriptions.ListWaitingAsync(Samples.Tenant, subscription, 1, 10, Cancel)).Select(delivery => delivery.Position));
        Assert.Equal([1L, 2], (await Db.Subscriptions.ListWaitingAsync(Samples.Tenant, subscription, 0, 2, Cancel)).Select(delivery => delivery.Position));
    }

    [Fact]
    public async Task Totals_count_waiting_and_dead_and_the_largest_lag_of_active_subscriptions()
    {
        Assert.Equal(new DeliveryTotals(0, 0, 0), await Db.Subscriptions.TotalsAsync(Cancel));
        var slow = Samples.Subscription() with { Cursor = 1 };
        var disabled = Samples.Subscription() with { Status = "disabled" };
        await Db.WriteAsync(session =>
        {
            session.Append(Samples.Event("1"));
            session.Append(Samples.Event("2"));
            session.Append(Samples.Event("3"));
            Db.Subscriptions.Insert(session, slow);
            Db.Subscriptions.Insert(session, disabled);
            Db.Subscriptions.PutDelivery(session, Samples.Delivery(slow.Id, 1));
            Db.Subscriptions.PutDelivery(session, Samples.Delivery(slow.Id, 2, DeliveryStatus.Sending));
            Db.Subscriptions.PutDelivery(session, Samples.Delivery(slow.Id, 3, DeliveryStatus.Dead));
        });

        Assert.Equal(new DeliveryTotals(2, 1, 2), await Db.Subscriptions.TotalsAsync(Cancel));
    }

    private async Task<IEnumerable<long>> PositionsAsync(SubscriptionId? subscription, DeliveryStatus? status) =>
        (await Db.Subscriptions.ListDeliveriesAsync(Samples.Tenant, subscription, status, new PageRequest(), Cancel)).Items.Select(delivery => delivery.Position);
}

public sealed class SqliteSubscriptionStoreTests() : SubscriptionStoreTests(new SqliteStores());

[Trait("Needs", "postgres")]
public sealed class PostgreSqlSubscriptionStoreTests(CounterpartHost counterparts) : SubscriptionStoreTests(new PostgreSqlStores(counterparts));
