using Qrossing.Abstractions.Values;
using Qrossing.Core.Events;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Stores;

public abstract class EventStoreTests(StoreEngine engine) : StoreTests(engine)
{
    [Fact]
    public async Task Event_is_read_as_it_was_appended()
    {
        var full = new LogEvent
        {
            Tenant = Samples.Tenant,
            Id = "id-1",
            Source = "https://example.test/π",
            Type = "com.example.thing",
            Subject = "s",
            Time = Samples.Time,
            DataContentType = "application/json",
            DataSchema = "https://example.test/schema",
            PartitionKey = "p",
            EffectId = Samples.Ids.New<EffectId>(),
            Extensions = Samples.Bytes("{\"correlationid\":\"c\"}"),
            Data = Samples.Bytes("{\"a\":[1,2]}"),
        };
        var bare = Samples.Event("bare");
        await Db.WriteAsync(session =>
        {
            session.Append(full);
            session.Append(bare);
        });

        AssertSame(full, await Db.Events.FindAsync(Samples.Tenant, full.Source, full.Id, Cancel));
        AssertSame(bare, await Db.Events.FindAsync(Samples.Tenant, bare.Source, bare.Id, Cancel));
        Assert.Null(await Db.Events.FindAsync(Samples.Other, full.Source, full.Id, Cancel));
        AssertSame(full, Assert.Single(await Db.Events.ReadByEffectAsync(Samples.Tenant, full.EffectId.Value, Cancel)));
        Assert.Equal(2, await Db.Events.HeadAsync(Cancel));
    }

    [Fact]
    public async Task Read_starts_after_a_position_and_stays_in_the_tenant()
    {
        await Db.WriteAsync(session =>
        {
            for (var i = 1; i <= 6; i++)
            {
                session.Append(Samples.Event($"{i}", tenant: i % 2 == 0 ? Samples.Other : Samples.Tenant));
            }
        });

        Assert.Equal([1L, 3L, 5L], await PositionsAsync(0, 10, EventFilter.All));
        Assert.Equal([3L, 5L], await PositionsAsync(1, 10, EventFilter.All));
        Assert.Equal([3L], await PositionsAsync(2, 1, EventFilter.All));
        Assert.Empty(await PositionsAsync(5, 10, EventFilter.All));
    }

    [Fact]
    public async Task Read_filters_as_the_filter_says()
    {
        (string Type, string? Subject)[] events =
        [
            ("a.b.v1", "s"), ("a.b", null), ("a.c.v1", "t"), ("a", "s"), ("A.b.v1", "s"), ("a/b", null), ("ab.c", null), ("a-b.c", null), ("ä.b", "s"), ("a.ä", null),
        ];
        EventFilter[] filters =
        [
            EventFilter.All, new(["*"]), new(["a.*"]), new(["a.b.*"]), new(["a.b.v1"]), new(["a"]), new(["a.b.v1", "ab.*"]), new(["none"]), new(["x", "*"]),
            new([], "s"), new(["a.*"], "s"), new(["a.*"], "none"),
        ];
        await Db.WriteAsync(session =>
        {
            for (var i = 0; i < events.Length; i++)
            {
                session.Append(Samples.Event($"{i}", events[i].Type, subject: events[i].Subject));
            }
        });

        foreach (var filter in filters)
        {
            var expected = events.Index().Where(item => filter.Matches(item.Item.Type, item.Item.Subject)).Select(item => item.Index + 1L);
            Assert.Equal(expected, await PositionsAsync(0, 100, filter));
        }
    }

    private async Task<IEnumerable<long>> PositionsAsync(long after, int limit, EventFilter filter) =>
        (await Db.Events.ReadAsync(Samples.Tenant, after, limit, filter, Cancel)).Select(logEvent => logEvent.Position);

    private static void AssertSame(LogEvent expected, LogEvent? actual)
    {
        Assert.NotNull(actual);
        Assert.Equivalent(Members(expected), Members(actual));
        Assert.Equal(expected.Extensions?.ToArray(), actual.Extensions?.ToArray());
        Assert.Equal(expected.Data?.ToArray(), actual.Data?.ToArray());
    }

    private static object?[] Members(LogEvent e) =>
        [e.Tenant.Text, e.Id, e.Source, e.Type, e.Subject, e.Time, e.DataContentType, e.DataSchema, e.PartitionKey, e.EffectId?.Text, e.Position];
}

public sealed class SqliteEventStoreTests() : EventStoreTests(new SqliteStores());

[Trait("Needs", "postgres")]
public sealed class PostgreSqlEventStoreTests(CounterpartHost counterparts) : EventStoreTests(new PostgreSqlStores(counterparts));
