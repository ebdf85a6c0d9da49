namespace Qrossing.EndToEndTests.Chains;

/// <summary>One chain and one gateway for the tests that leave both as good as they found them.</summary>
public sealed class ChainFixture : IAsyncLifetime
{
    private ChainScenario? _scenario;

    internal ChainScenario Scenario => _scenario ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _scenario = await ChainScenario.StartAsync();

    public ValueTask DisposeAsync() => _scenario?.DisposeAsync() ?? ValueTask.CompletedTask;
}
