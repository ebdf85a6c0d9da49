using Microsoft.Extensions.Time.Testing;
using Qrossing.Core;

namespace Qrossing.Tests.Core;

[Trait("Kind", "unit")]
public sealed class RepeatedTroubleTests
{
    [Fact]
    public void Trouble_is_told_at_once_then_each_minute_with_its_count_and_when_it_is_over()
    {
        var clock = new FakeTimeProvider();
        var trouble = new RepeatedTrouble(clock);
        Assert.Null(trouble.Over());
        Assert.Equal(0, trouble.Failed());
        for (var i = 1; i < 60; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(trouble.Failed());
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(60, trouble.Failed());
        Assert.Null(trouble.Failed());
        Assert.Equal(62, trouble.Over());
        Assert.Null(trouble.Over());
        Assert.Equal(0, trouble.Failed());
    }
}
