namespace Qrossing.Core.Persistence;

/// <summary>
/// The process's clock. Where several processes take turns on one database it tells the database's time (effects, Claims): send-by, claims and absence
/// horizons that one process committed mean the same to its successor, whatever the clocks of their machines say. Between two anchors it is the
/// machine's monotonic clock that moves it. Never anchored (SQLite: one process) it is the system's.
/// </summary>
public sealed class DatabaseClock(TimeProvider system) : TimeProvider
{
    private volatile Anchored? _anchor;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => system.TimestampFrequency;

    /// <summary>Sets the time as the database just gave it.</summary>
    public void Anchor(DateTimeOffset now) => _anchor = new Anchored(now, system.GetTimestamp());

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        _anchor is { } anchor ? anchor.Time + system.GetElapsedTime(anchor.Timestamp) : system.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => system.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    private sealed record Anchored(DateTimeOffset Time, long Timestamp);
}
