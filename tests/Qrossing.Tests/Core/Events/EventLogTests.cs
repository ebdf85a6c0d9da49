using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Events;

namespace Qrossing.Tests.Core.Events;

[Trait("Kind", "unit")]
public sealed class EventLogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepted_events_get_rising_sequences_and_one_audit_entry()
    {
        await using var world = await World.StartAsync();
        var accepted = (await world.Get<EventLog>().AcceptAsync(world.Context, [Incoming("a"), Incoming("b")], Cancellation)).Value!;

        Assert.Equal(["a", "b"], accepted.Select(item => item.Id));
        Assert.Equal([1, 2], accepted.Select(item => item.Sequence));
        var entry = Assert.Single(await world.Get<IAuditStore>().ReadAsync(0, 10, Cancellation));
        Assert.Equal("events.accepted", entry.Action);
    }

    [Fact]
    public async Task Repeated_event_is_answered_with_its_position_and_stored_once()
    {
        await using var world = await World.StartAsync();
        var log = world.Get<EventLog>();
        var first = (await log.AcceptAsync(world.Context, [Incoming("a"), Incoming("a")], Cancellation)).Value!;
        var head = await world.Get<IEventStore>().HeadAsync(Cancellation);
        var again = (await log.AcceptAsync(world.Context, [Incoming("a")], Cancellation)).Value!;

        Assert.Equal([1, 1], first.Select(item => item.Sequence));
        Assert.Equal(1, Assert.Single(again).Sequence);
        Assert.Equal(head, await world.Get<IEventStore>().HeadAsync(Cancellation));
    }

    [Fact]
    public async Task Reserved_type_refuses_the_whole_batch()
    {
        await using var world = await World.StartAsync();
        var refused = await world.Get<EventLog>().AcceptAsync(world.Context, [Incoming("a"), Incoming("b", "q.gateway.x.y.v1") with { Pointer = "/1" }], Cancellation);

        Assert.Equal(("events.reserved_type", 403), (refused.Refusal!.Error.Code, refused.Refusal.Error.Status));
        Assert.Equal("/1/type", Assert.Single(refused.Refusal.Errors).Pointer);
        Assert.Equal(0, await world.Get<IEventStore>().HeadAsync(Cancellation));
    }

    [Fact]
    public async Task Source_of_the_gateway_refuses_the_whole_batch()
    {
        await using var world = await World.StartAsync();
        var refused = await world.Get<EventLog>().AcceptAsync(world.Context, [Incoming("a"), Incoming("b") with { Source = world.Get<EventSource>().Text, Pointer = "/1" }], Cancellation);

        Assert.Equal(("events.reserved_source", 403), (refused.Refusal!.Error.Code, refused.Refusal.Error.Status));
        Assert.Equal("/1/source", Assert.Single(refused.Refusal.Errors).Pointer);
    }

    [Theory]
    [InlineData("q.squid.created.v1", true)]
    [InlineData("q.qmail.receipt.generated.v12", true)]
    [InlineData("com.example.thing", false)]
    [InlineData("q.squid.created.v01", false)]
    [InlineData("q.created.v1\n", false)]
    public async Task Policy_refuse_takes_types_of_the_known_form_only(string type, bool isTaken)
    {
        await using var world = await World.StartAsync(new EventOptions { UnknownTypes = EventOptions.Refuse });
        var accepted = await world.Get<EventLog>().AcceptAsync(world.Context, [Incoming("a", type)], Cancellation);
        Assert.Equal(isTaken ? null : "events.unknown_type", accepted.Refusal?.Error.Code);
    }

    [Fact]
    public async Task Stored_event_is_written_as_it_came_with_its_sequence()
    {
        await using var world = await World.StartAsync();
        using var document = JsonDocument.Parse(
            """{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"2026-01-02T03:04:05.25Z","sequence":"7","effectid":"claimed","partitionkey":"k","x":"<&>","data":{"n":1.0}}""");
        var incoming = CloudEventReader.ReadStructured(document.RootElement).Value!;
        await world.Get<EventLog>().AcceptAsync(world.Context, [incoming], Cancellation);

        var stored = await world.Get<IEventStore>().FindAsync(TenantId.Default, "/s", "1", Cancellation);
        Assert.Null(stored!.EffectId);
        Assert.Equal(
            """{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"2026-01-02T03:04:05.25Z","datacontenttype":"application/json","sequence":"1","partitionkey":"k","effectid":"claimed","x":"<&>","data":{"n":1.0}}""",
            Encoding.UTF8.GetString(CloudEventWriter.ToBytes(stored)));
    }

    [Fact]
    public async Task Own_event_carries_source_effect_and_cause()
    {
        await using var world = await World.StartAsync();
        var effect = world.Get<IdGenerator>().New<EffectId>();
        var own = world.Get<GatewayEvents>().Create(TenantId.Default, DateTimeOffset.UnixEpoch, new GatewayEvent
        {
            Type = "q.gateway.x.y.v1",
            Subject = "s",
            PartitionKey = "p",
            EffectId = effect,
            Data = new JsonObject { ["n"] = 1 },
            CorrelationId = "c",
            TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        });
        await world.WriteAsync(session => session.Append(own));

        using var written = JsonDocument.Parse(CloudEventWriter.ToBytes(own));
        Assert.Equal("/qrossing", written.RootElement.GetProperty("source").GetString());
        Assert.Equal(effect.Text, written.RootElement.GetProperty("effectid").GetString());
        Assert.Equal("c", written.RootElement.GetProperty("correlationid").GetString());
        Assert.Equal("1970-01-01T00:00:00Z", written.RootElement.GetProperty("time").GetString());
        Assert.Single(await world.Get<IEventStore>().ReadByEffectAsync(TenantId.Default, effect, Cancellation));
    }

    [Fact]
    public async Task Stream_gives_what_is_stored_and_what_comes_without_gap_or_repetition()
    {
        await using var world = await World.StartAsync();
        const int Count = 1_000;
        var writing = Task.Run(
            () => Parallel.ForAsync(0, Count, Cancellation, async (i, _) => await world.WriteAsync(session =>
            {
                session.Append(new AuditDraft { Tenant = TenantId.Default, Action = "test.x", Actor = "system", Payload = [] });
                return session.Append(World.NewEvent($"e{i}", i % 2 == 0 ? "q.test.even.v1" : "q.test.odd.v1"));
            })),
            Cancellation);

        var seen = new List<LogEvent>();
        await foreach (var item in world.Get<EventReader>().StreamAsync(TenantId.Default, 0, new EventFilter(["q.test.even.v1"]), Cancellation))
        {
            seen.Add(item);
            if (seen.Count == Count / 2)
            {
                break;
            }
        }

        await writing;
        Assert.Equal(seen.OrderBy(item => item.Position).Select(item => item.Id), seen.Select(item => item.Id));
        Assert.Equal(Count / 2, seen.Select(item => item.Id).Distinct().Count());
        Assert.All(seen, item => Assert.Equal("q.test.even.v1", item.Type));
    }

    private static IncomingEvent Incoming(string id, string type = "q.test.thing.v1") => new() { Id = id, Source = "/s", Type = type };
}
