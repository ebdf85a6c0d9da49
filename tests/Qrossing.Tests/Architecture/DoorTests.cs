using System.Reflection;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors;
using Qrossing.Core.Connectors.Resilience;
using Qrossing.Core.Connectors.Running;
using Qrossing.Gateway;
using Qrossing.TestKit.Compliance;

namespace Qrossing.Tests.Architecture;

/// <summary>One door to connectors (architecture, Given once by the host): whoever wants something of a capability says what, and the invoker calls.</summary>
[Trait("Kind", "unit")]
public sealed class DoorTests
{
    private static readonly Assembly[] Callers = [typeof(ConnectorInvoker).Assembly, typeof(GatewayApplication).Assembly, typeof(Qrossing.Composition.QrossingOptions).Assembly];

    [Fact]
    public void Capability_is_called_only_inside_what_the_invoker_is_handed()
    {
        var calls = Mentions(called => IsCapability(called.DeclaringType)).ToList();

        Assert.True(calls.Count > 10, $"{calls.Count} calls of capabilities were found");
        Violations.None(calls.Where(call => !IsLambda(call.Caller)).Select(Text));
    }

    [Fact]
    public void Connector_leaves_its_instance_through_the_directory_and_the_invoker_only() =>
        Violations.None(Mentions(called => called.DeclaringType == typeof(ConnectorInstance) && called.Name == $"get_{nameof(ConnectorInstance.Connector)}")
            .Where(call => !IsPartOf(call.Caller, typeof(ConnectorInstance), typeof(ConnectionDirectory), typeof(ConnectionHealthWorker)))
            .Concat(Mentions(called => called.DeclaringType == typeof(ConnectionDirectory) && called.Name == nameof(ConnectionDirectory.TryEnter))
                .Where(call => !IsPartOf(call.Caller, typeof(ConnectorInvoker), typeof(ConnectionProbe))))
            .Concat(Mentions(called => called.DeclaringType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(CapabilityInvocation<,>) && called.IsConstructor)
                .Where(call => !IsPartOf(call.Caller, typeof(ConnectorInvoker))))
            .Select(Text));

    private static IEnumerable<(MethodBase Caller, MethodBase Called)> Mentions(Func<MethodBase, bool> wanted) =>
        from assembly in Callers
        from type in assembly.GetTypes()
        from caller in CalledMethods.MethodsOf(type)
        from called in CalledMethods.By(caller)
        where wanted(called)
        select (caller, called);

    /// <summary>The capability interfaces of the abstractions: every one that an instance's connector may implement.</summary>
    private static bool IsCapability(Type? type) =>
        type is { IsInterface: true } && type.Assembly == typeof(IProbes).Assembly
        && type.GetMethods().Any(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(ConnectorCall)));

    /// <summary>A lambda, or the state machine of an asynchronous one: the compiler names them after the method they stand in.</summary>
    private static bool IsLambda(MethodBase method) =>
        method.Name.Contains("b__", StringComparison.Ordinal) || method.DeclaringType!.Name.Contains("b__", StringComparison.Ordinal);

    private static bool IsPartOf(MethodBase method, params Type[] types)
    {
        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (types.Contains(type))
            {
                return true;
            }
        }

        return false;
    }

    private static string Text((MethodBase Caller, MethodBase Called) call) => $"{call.Caller.DeclaringType}.{call.Caller.Name} -> {call.Called.DeclaringType!.Name}.{call.Called.Name}";
}
