extern alias console;

using console::Qrossing.Console.Timeline;
using Qrossing.Sdk;
using Qrossing.Tests.Sdk;

namespace Qrossing.Tests.OperatorConsole;

[Trait("Kind", "unit")]
public sealed class TimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Receipt_is_read_in_the_order_of_time_with_its_evidence()
    {
        await using var peer = await ContractPeer.StartAsync();
        using var client = new QrossingClient(peer.BaseUrl, ContractPeer.Key);

        var items = TimelineReader.Read(await client.Receipts.GetAsync(ContractAnswers.EffectId, TestContext.Current.CancellationToken));

        Assert.Equal(
            ["effects.recorded", "effects.sending", "send 1", "effects.unknown", "q.gateway.effects.unknown.v1", "delivery delivered", "lookup 2", "effects.unknown"],
            items.Select(item => item.Text));
        Assert.Contains(("evidence", "may_have_happened"), items[3].Details);
        Assert.Contains(("peer's reference", "idx-1"), items[3].Details);
        Assert.Contains(("content", "erased"), items[7].Details);
        Assert.Equal(TimeSpan.FromSeconds(5), items[2].Until - items[2].At);
    }

    [Fact]
    public void Marks_stand_in_proportion_to_time_in_the_row_of_their_lane()
    {
        var drawing = new TimelineDrawing([Item(TimelineLane.State, 0), Item(TimelineLane.Calls, 5), Item(TimelineLane.State, 10)]);

        Assert.Equal([TimelineLane.State, TimelineLane.Calls], drawing.Lanes);
        Assert.Equal([TimelineDrawing.Left, TimelineDrawing.Right, (TimelineDrawing.Left + TimelineDrawing.Right) / 2.0], drawing.Marks.Select(mark => mark.X));
        Assert.Equal([TimelineDrawing.RowY(0), TimelineDrawing.RowY(0), TimelineDrawing.RowY(1)], drawing.Marks.Select(mark => mark.Y));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(200)]
    public void Marks_of_one_moment_stand_apart_and_inside_the_picture(int count)
    {
        var drawing = new TimelineDrawing([Item(TimelineLane.State, 0), .. Enumerable.Range(0, count).Select(_ => Item(TimelineLane.Calls, 10))]);
        var places = drawing.Marks.Where(mark => mark.Item.Lane == TimelineLane.Calls).Select(mark => mark.X).ToList();

        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.All(places, place => Assert.InRange(place, TimelineDrawing.Left - 1, TimelineDrawing.Right));
    }

    [Fact]
    public void Single_moment_is_drawn_too() =>
        Assert.Equal(TimelineDrawing.Left, Assert.Single(new TimelineDrawing([Item(TimelineLane.State, 0)]).Marks).X);

    [Theory]
    [InlineData("origin\n42\nhash\n", "42")]
    [InlineData("origin", null)]
    [InlineData("", null)]
    public void Size_of_the_log_is_the_second_line_of_its_checkpoint(string checkpoint, string? expected) =>
        Assert.Equal(expected, TimelineReader.TreeSize(checkpoint));

    private static TimelineItem Item(TimelineLane lane, int second) => new() { Lane = lane, At = Start.AddSeconds(second), Text = "x", Word = "x" };
}
