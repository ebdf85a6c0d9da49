using System.Reflection;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.TestKit.Compliance;

/// <summary>Finds connectors, their fixtures, and the rules they must keep.</summary>
public static class ComplianceCases
{
    private static readonly Assembly Contract = typeof(ConnectorAttribute).Assembly;

    /// <summary>Every case. Finding them starts nothing.</summary>
    /// <param name="connectors">The assembly with the connectors.</param>
    /// <param name="fixtures">The assembly with their fixtures.</param>
    /// <param name="sources">Folder of the connectors' sources; a connector of namespace <c>{root}.Cloud.Local</c> is expected in <c>Cloud/Local</c>.</param>
    public static IReadOnlyList<ComplianceCase> Discover(Assembly connectors, Assembly fixtures, string sources)
    {
        var fixtureOf = fixtures.GetTypes()
            .Where(type => type.GetCustomAttribute<ConnectorFixtureAttribute>() is not null)
            .ToDictionary(type => type.GetCustomAttribute<ConnectorFixtureAttribute>()!.Kind);
        var suiteOf = typeof(ComplianceCases).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && CapabilityOf(type) is not null)
            .ToDictionary(type => CapabilityOf(type)!);
        return
        [
            .. connectors.GetTypes()
                .Where(type => type.GetCustomAttribute<ConnectorAttribute>() is not null)
                .OrderBy(type => type.GetCustomAttribute<ConnectorAttribute>()!.Kind, StringComparer.Ordinal)
                .SelectMany(type => OfConnector(type, sources, fixtureOf, suiteOf)),
        ];
    }

    private static IEnumerable<ComplianceCase> OfConnector(Type connector, string sources, Dictionary<string, Type> fixtureOf, Dictionary<Type, Type> suiteOf)
    {
        var kind = connector.GetCustomAttribute<ConnectorAttribute>()!.Kind;
        foreach (var rule in ComplianceSuite.RulesOf(typeof(ConnectorCompliance)))
        {
            yield return new ComplianceCase(kind, nameof(ConnectorCompliance), rule.Name, _ => InvokeAsync(rule, new ConnectorCompliance(connector, sources)));
        }

        foreach (var capability in CapabilitiesOf(connector))
        {
            var fixture = fixtureOf.GetValueOrDefault(kind);
            if (fixture is null)
            {
                yield return new ComplianceCase(kind, capability.Name, "Has_a_fixture", _ => throw new ComplianceException(
                    $"Fixture not written: no class with [ConnectorFixture(\"{kind}\")] makes a connector for {capability.Name}."));
                continue;
            }

            if (!suiteOf.TryGetValue(capability, out var suite))
            {
                yield return new ComplianceCase(kind, capability.Name, "Fixture_makes_the_connector", token => WithFixtureAsync(fixture, started => DemandCapability(started, capability), token));
                continue;
            }

            foreach (var rule in ComplianceSuite.RulesOf(suite))
            {
                yield return new ComplianceCase(kind, suite.Name, rule.Name, token => WithFixtureAsync(fixture, started => InvokeAsync(rule, Make(suite, started)), token));
            }
        }
    }

    /// <summary>The capability interfaces of a connector, those of the contract only.</summary>
    internal static IEnumerable<Type> CapabilitiesOf(Type connector) =>
        connector.GetInterfaces().Where(type => type.Assembly == Contract).OrderBy(type => type.Name, StringComparer.Ordinal);

    private static Type? CapabilityOf(Type suite) =>
        suite.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(ComplianceSuite<,>) ? parent.GetGenericArguments()[0] : null;

    private static async Task WithFixtureAsync(Type type, Func<ConnectorFixture, Task> check, CancellationToken cancellationToken)
    {
        await using var fixture = (ConnectorFixture)Activator.CreateInstance(type, nonPublic: true)!;
        await fixture.StartAsync(cancellationToken);
        await check(fixture);
    }

    private static Task DemandCapability(ConnectorFixture fixture, Type capability)
    {
        Demand.That(capability.IsInstanceOfType(fixture.CreateConnector(capability)), $"{fixture.GetType().Name} made a connector without {capability.Name}.");
        return Task.CompletedTask;
    }

    private static object Make(Type suite, ConnectorFixture fixture) =>
        suite.GetConstructors().Single().Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [fixture], culture: null);

    private static Task InvokeAsync(MethodInfo rule, object suite) =>
        (Task)rule.Invoke(suite, BindingFlags.DoNotWrapExceptions, binder: null, [], culture: null)!;
}
