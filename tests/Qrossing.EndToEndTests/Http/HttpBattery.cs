namespace Qrossing.EndToEndTests.Http;

/// <summary>The tests that share <see cref="RunningGateway"/>.</summary>
[CollectionDefinition(Name)]
public sealed class HttpBattery : ICollectionFixture<RunningGateway>
{
    public const string Name = "http";
}
