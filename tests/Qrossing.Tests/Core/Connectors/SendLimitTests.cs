using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Peers;
using Qrossing.Core.Connectors.Resilience;

namespace Qrossing.Tests.Core.Connectors;

[Trait("Kind", "unit")]
public sealed class SendLimitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-24)]
    [InlineData(24)]
    public void Step_of_the_wall_clock_moves_the_limit_neither_way(int hours)
    {
        var clock = new TwoClocks { Wall = Noon };
        var limit = new SendLimit(clock, Noon.AddSeconds(10));

        clock.Wall = Noon.AddHours(hours);
        clock.Seconds = 9;
        limit.Check();
        clock.Seconds = 10;

        Assert.Equal("effects.send_by_passed", Assert.Throws<PeerNotCalledException>(limit.Check).Fault.Code);
    }

    [Fact]
    public void Attempt_that_was_judged_untouched_stays_so_and_one_that_began_goes_on()
    {
        var untouched = new CallEvidence(limit: null);
        Assert.False(untouched.Close());
        Assert.Throws<PeerNotCalledException>(untouched.BeginRequest);
        Assert.False(untouched.Close());

        var begun = new CallEvidence(limit: null);
        begun.BeginRequest();
        Assert.True(begun.Close());
        begun.BeginStep();
        Assert.True(begun.Close());
    }

    [Fact]
    public void Budget_gives_a_few_repeats_to_begin_with_and_then_its_share()
    {
        var budget = new RetryBudget(0.2);
        var repeats = 0;
        for (var call = 0; call < 1_000; call++)
        {
            budget.Deposit();
            while (budget.TryWithdraw())
            {
                repeats++;
            }
        }

        Assert.InRange(repeats, 200, 203);
        Assert.False(new RetryBudget(0).TryWithdraw());
    }

    [Fact]
    public void Bucket_lets_a_burst_through_and_then_promises_places_in_turn()
    {
        var clock = new TwoClocks { Wall = Noon };
        var bucket = new TokenBucket(perSecond: 2, burst: 2, clock);

        Assert.Equal([0, 0, 0.5, 1], Enumerable.Range(0, 4).Select(_ => bucket.Take(TimeSpan.FromSeconds(1))!.Value.TotalSeconds));
        Assert.Null(bucket.Take(TimeSpan.FromSeconds(1)));
        clock.Seconds = 10;
        Assert.Equal(TimeSpan.Zero, bucket.Take(TimeSpan.Zero));
    }

    private sealed class TwoClocks : TimeProvider
    {
        public DateTimeOffset Wall { get; set; }

        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Seconds;
    }
}
