using System.Reflection;

namespace Qrossing.TestKit.Compliance;

/// <summary>Rules about one capability. A suite object checks one rule with one started fixture.</summary>
public abstract class ComplianceSuite
{
    /// <summary>The rules of a suite: its public methods that return a task.</summary>
    internal static IEnumerable<MethodInfo> RulesOf(Type suite) => suite
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.ReturnType == typeof(Task))
        .OrderBy(method => method.Name, StringComparer.Ordinal);
}

/// <summary>Rules about <typeparamref name="TCapability"/>, with what they need of a peer.</summary>
/// <typeparam name="TCapability">The capability.</typeparam>
/// <typeparam name="TFixture">What the suite needs of a fixture.</typeparam>
public abstract class ComplianceSuite<TCapability, TFixture>(ConnectorFixture fixture) : ComplianceSuite
    where TCapability : class
    where TFixture : class
{
    protected TFixture Peer { get; } = fixture as TFixture
        ?? throw new ComplianceException($"Fixture not written: {fixture.GetType().Name} does not implement {typeof(TFixture).Name}, which {typeof(TCapability).Name} needs.");

    protected ConnectorFixture Fixture { get; } = fixture;

    protected TCapability Connector { get; } = fixture.CreateConnector(typeof(TCapability)) as TCapability
        ?? throw new ComplianceException($"{fixture.GetType().Name} made a connector without {typeof(TCapability).Name}.");
}
