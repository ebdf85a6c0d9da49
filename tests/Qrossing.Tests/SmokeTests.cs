namespace Qrossing.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Runtime_is_net10() => Assert.Equal(10, Environment.Version.Major);
}
