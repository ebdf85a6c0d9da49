using Qrossing.TestKit.Counterparts;
using Qrossing.Tests.Sdk;

namespace Qrossing.Tests.OperatorConsole;

[Trait("Kind", "e2e")]
[Trait("Needs", "chromium")]
public sealed class ConsoleBrowserTests
{
    [Fact(Explicit = true)]
    public async Task Real_browser_signs_in_and_shows_an_effect_with_its_style_and_picture()
    {
        await using var console = await ConsoleHost.StartAsync();
        var page = new Uri(console.BaseUrl, $"/console/test-sign-in?then=/console/effects/{ContractAnswers.EffectId}");

        var dom = await (await Chromium.FindAsync()).DumpDomAsync(page, TestContext.Current.CancellationToken);

        Assert.Contains(ContractAnswers.EffectId, dom, StringComparison.Ordinal);
        Assert.Contains("<circle", dom, StringComparison.Ordinal);
        Assert.Contains("Probe now", dom, StringComparison.Ordinal);
    }
}
