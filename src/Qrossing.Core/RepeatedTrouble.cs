namespace Qrossing.Core;

/// <summary>
/// Says when trouble that repeats is worth a line of the log: at once, then once a minute with how often it came again, and when it is over.
/// One for each loop that retries; not for use from several threads at once.
/// </summary>
public sealed class RepeatedTrouble(TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long _told;
    private int _untold;
    private int _all;

    /// <summary>It failed. 0: for the first time; more: so often since the last line; null: nothing is to be said now.</summary>
    public int? Failed()
    {
        if (_all++ == 0)
        {
            _told = clock.GetTimestamp();
            return 0;
        }

        _untold++;
        if (clock.GetElapsedTime(_told) < Interval)
        {
            return null;
        }

        var count = _untold;
        (_told, _untold) = (clock.GetTimestamp(), 0);
        return count;
    }

    /// <summary>It went well. How often it had failed; null when nothing was wrong.</summary>
    public int? Over()
    {
        if (_all == 0)
        {
            return null;
        }

        var count = _all;
        _all = _untold = 0;
        return count;
    }
}
