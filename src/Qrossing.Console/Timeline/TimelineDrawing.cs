using System.Globalization;

namespace Qrossing.Console.Timeline;

/// <summary>
/// Where the items of a timeline are drawn: one row per lane, from left to right in proportion to time. Marks of a lane that would cover each other are moved apart,
/// so that each can be seen; their order stays.
/// </summary>
internal sealed class TimelineDrawing
{
    public const int Width = 960;
    public const int Left = 96;
    public const int Right = 936;
    public const int RowHeight = 34;
    public const int Top = 16;

    private const double Apart = 14;
    private const int Ticks = 4;

    private readonly DateTimeOffset _from;
    private readonly TimeSpan _span;

    public TimelineDrawing(IReadOnlyList<TimelineItem> items)
    {
        _from = items.Min(item => item.At);
        var until = items.Max(item => item.Until ?? item.At);
        _span = until > _from ? until - _from : TimeSpan.FromMilliseconds(1);
        Lanes = [.. items.Select(item => item.Lane).Distinct().Order()];
        Marks = [.. Lanes.SelectMany((lane, row) => Place([.. items.Where(item => item.Lane == lane)], row))];
    }

    /// <summary>The rows, top down.</summary>
    public IReadOnlyList<TimelineLane> Lanes { get; }

    public IReadOnlyList<Mark> Marks { get; }

    public int AxisY => Top + (Lanes.Count * RowHeight);

    public int Height => AxisY + 24;

    /// <summary>Places on the axis with the time since the beginning.</summary>
    public IEnumerable<(double X, TimeSpan Since)> Axis =>
        Enumerable.Range(0, Ticks + 1).Select(tick => (Left + ((Right - Left) * tick / (double)Ticks), _span * tick / Ticks));

    public static int RowY(int row) => Top + (row * RowHeight) + (RowHeight / 2);

    /// <summary>A coordinate as SVG writes it.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private IEnumerable<Mark> Place(IReadOnlyList<TimelineItem> items, int row)
    {
        var places = items.Select(item => X(item.At)).ToArray();
        var apart = Math.Min(Apart, (Right - Left) / (double)Math.Max(1, items.Count));
        for (var i = 1; i < places.Length; i++)
        {
            places[i] = Math.Max(places[i], places[i - 1] + apart);
        }

        // What was pushed over the right end goes back to the left.
        var limit = (double)Right;
        for (var i = places.Length - 1; i >= 0 && places[i] > limit; i--)
        {
            places[i] = limit;
            limit -= apart;
        }

        return items.Select((item, i) => new Mark(item, places[i], item.Until is { } until ? Math.Max(X(until), places[i]) : places[i], RowY(row)));
    }

    private double X(DateTimeOffset at) => Left + ((Right - Left) * ((at - _from) / _span));

    /// <summary>A drawn item.</summary>
    public sealed record Mark(TimelineItem Item, double X, double Until, int Y);
}
