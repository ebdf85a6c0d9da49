using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.TestKit;

[Trait("Kind", "contract")]
public sealed class MissingCounterpartTests
{
    [Fact]
    public void Missing_counterpart_is_a_skip_that_names_the_command()
    {
        var missing = new CounterpartMissingException("postgres", "apt-get install -y postgresql");

        Assert.StartsWith(MessageOfASkip(), missing.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install -y postgresql", missing.Message, StringComparison.Ordinal);
    }

    /// <summary>The runner's own token, taken from a real skip (Record.Exception would let it through).</summary>
    private static string MessageOfASkip()
    {
        try
        {
            Assert.Skip("");
            return "never";
        }
        catch (Exception skip)
        {
            return skip.Message;
        }
    }
}
