using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.TestKit;

[Trait("Kind", "contract")]
public sealed class MissingCounterpartTests
{
    [Fact]
    public void Missing_counterpart_is_a_skip_that_names_the_command()
    {
        var skip = Record.Exception(() => Assert.Skip(""))!;
        var missing = new CounterpartMissingException("postgres", "apt-get install -y postgresql");

        Assert.StartsWith(skip.Message, missing.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install -y postgresql", missing.Message, StringComparison.Ordinal);
    }
}
