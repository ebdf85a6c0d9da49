using Microsoft.Extensions.Primitives;
using Qrossing.Gateway.Rest;

namespace Qrossing.Tests.Gateway;

[Trait("Kind", "unit")]
public sealed class WaitPreferenceTests
{
    [Theory]
    [InlineData("wait=0", 0)]
    [InlineData("wait=7", 7)]
    [InlineData("WAIT = 7", 7)]
    [InlineData("wait=\"7\"", 7)]
    [InlineData("respond-async, wait=3", 3)]
    [InlineData("wait=60", 60)]
    [InlineData("wait=61", 60)]
    [InlineData("wait=9223372036854775807", 60)]
    public void Wait_preference_is_read_and_cut_to_the_longest(string header, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), WaitPreference.Read(header));

    [Theory]
    [InlineData("")]
    [InlineData("wait")]
    [InlineData("wait=")]
    [InlineData("wait=-1")]
    [InlineData("wait=1.5")]
    [InlineData("wait=99999999999999999999")]
    [InlineData("await=5")]
    public void Preference_that_cannot_be_read_is_ignored(string header) => Assert.Null(WaitPreference.Read(header));

    [Fact]
    public void First_of_several_headers_that_says_wait_counts() =>
        Assert.Equal(TimeSpan.FromSeconds(2), WaitPreference.Read(new StringValues(["return=minimal", "wait=2", "wait=5"])));
}
