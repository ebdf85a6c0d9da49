using System.Reflection;
using System.Runtime.CompilerServices;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.TestKit.Compliance;

/// <summary>What holds for every connector, read from its type, its compiled code and its folder.</summary>
internal sealed class ConnectorCompliance(Type connector, string sources) : ComplianceSuite
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private const int MaxReadmeLines = 60;

    private static readonly string[] ReadmeSections =
        ["**Owner:**", "**Stability:**", "**Spec version:**", "**Data classes:**", "## Setup", "## Limits", "## Errors", "## Runbook", "## Lacks"];

    private static readonly string[] KeyWords = ["privatekey", "mnemonic", "seedphrase", "signingkey"];

    private readonly ConnectorAttribute _attribute = connector.GetCustomAttribute<ConnectorAttribute>()!;

    /// <summary>The connector's own types: those of its folder.</summary>
    private IEnumerable<Type> Types => connector.Assembly.GetTypes()
        .Where(type => type.Namespace == connector.Namespace || type.Namespace?.StartsWith(connector.Namespace + ".", StringComparison.Ordinal) == true);

    public Task Kind_is_category_dot_name_and_the_folder_follows_it()
    {
        var parts = _attribute.Kind.Split('.');
        Demand.That(
            parts.Length == 2 && parts.All(part => part.Length > 0 && part.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '_')),
            $"The kind '{_attribute.Kind}' is not category.name in [a-z0-9_].");
        var folder = connector.Namespace!.Split('.')[^2..];
        Demand.That(
            parts.SequenceEqual(folder.Select(name => name.ToLowerInvariant())) || parts.SequenceEqual(folder.Select(Snake)),
            $"The kind '{_attribute.Kind}' does not name its folder {string.Join('/', folder)}.");
        Demand.That(_attribute.Summary.EndsWith('.'), "The summary is not a sentence.");
        return Task.CompletedTask;
    }

    public Task Has_one_constructor_that_takes_the_options()
    {
        var constructors = connector.GetConstructors(All).Where(constructor => !constructor.IsStatic).ToList();
        Demand.That(
            connector.IsSealed && constructors is [var only] && only.GetParameters() is [{ ParameterType: var type }] && type == _attribute.Options,
            $"The connector must be sealed and have one constructor, with one {_attribute.Options.Name}.");
        return Task.CompletedTask;
    }

    public Task Options_are_a_sealed_record_that_nobody_changes()
    {
        Demand.That(_attribute.Options.IsSealed && _attribute.Options.GetMethod("<Clone>$") is not null, $"{_attribute.Options.Name} is no sealed record.");
        Demand.None(
            _attribute.Options.GetProperties().Where(property => property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))).Select(property => property.Name),
            "Options with a setter that is not init");
        return Task.CompletedTask;
    }

    public Task Has_a_capability_and_every_write_has_its_lookup_twin()
    {
        var capabilities = ComplianceCases.CapabilitiesOf(connector).ToList();
        Demand.That(capabilities.Exists(capability => capability != typeof(IProbes)), "The connector has no capability.");
        Demand.None(
            capabilities.SelectMany(capability => capability.GetMethods()
                .Where(method => method.GetCustomAttribute<RepeatsAttribute>() is not null)
                .Where(write => capability.GetMethods().All(other => ResultOf(other) != typeof(Lookup<>).MakeGenericType(ResultOf(write)!)))
                .Select(write => $"{capability.Name}.{write.Name}")),
            "Writes without a method that answers Lookup of their result");
        return Task.CompletedTask;
    }

    public Task Keeps_no_state_between_calls()
    {
        var fields = Types.SelectMany(type => type.GetFields(All)).Where(field => !field.IsLiteral).ToList();
        Demand.None(
            fields.Where(field => field.IsStatic && !IsGenerated(field) && (!field.IsInitOnly || IsMutable(field.FieldType))).Select(Name),
            "Static fields that can change");
        Demand.None(
            fields.Where(field => field.DeclaringType == connector && !field.IsStatic && !field.IsInitOnly && !IsCapturedParameter(field)).Select(Name),
            "Fields of the connector that can change");
        return Task.CompletedTask;
    }

    public Task Starts_nothing_of_its_own() => Forbid(
        "The host gives time-outs, retries, queues and clients",
        called => (called.DeclaringType?.FullName, called.Name) is
            ("System.Threading.Tasks.Task", "Run" or "Delay")
            or ("System.Threading.Tasks.TaskFactory", _)
            or ("System.Threading.ThreadPool", _)
            or ("System.Threading.Thread" or "System.Threading.Timer" or "System.Timers.Timer", ".ctor")
            or ("System.Net.Http.HttpClient" or "System.Net.Http.SocketsHttpHandler" or "System.Net.Http.HttpClientHandler", ".ctor"));

    public Task Leaves_nothing_unimplemented() => Forbid(
        "What is not supported is an interface not implemented",
        called => called is ConstructorInfo && called.DeclaringType == typeof(NotImplementedException));

    public Task Asks_for_no_private_key()
    {
        Demand.None(
            _attribute.Options.GetProperties().Select(property => property.Name).Where(name => KeyWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))),
            "Options that would hand a connector a key (the gateway signs)");
        return Task.CompletedTask;
    }

    public async Task Readme_has_every_section()
    {
        var path = Path.Combine([sources, .. connector.Namespace!.Split('.')[^2..], "README.md"]);
        Demand.That(File.Exists(path), $"There is no {path}.");
        var lines = await File.ReadAllLinesAsync(path);
        Demand.None(ReadmeSections.Where(section => !lines.Any(line => line.StartsWith(section, StringComparison.Ordinal))), "Sections missing in the README");
        Demand.That(lines.Contains($"**Stability:** {_attribute.Stability}."), $"The README does not say '**Stability:** {_attribute.Stability}.'.");
        Demand.That(lines.Length <= MaxReadmeLines, $"The README has more than {MaxReadmeLines} lines.");
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((unit, index) => char.IsUpper(unit) && index > 0 ? $"_{char.ToLowerInvariant(unit)}" : $"{char.ToLowerInvariant(unit)}"));

    private static string Name(FieldInfo field) => $"{field.DeclaringType!.Name}.{field.Name}";

    /// <summary>The T of a method that answers <c>ValueTask&lt;ConnectorResult&lt;T&gt;&gt;</c>.</summary>
    private static Type? ResultOf(MethodInfo method) =>
        method.ReturnType is { IsGenericType: true } task
        && task.GetGenericArguments()[0] is { IsGenericType: true } result
        && result.GetGenericTypeDefinition() == typeof(ConnectorResult<>)
            ? result.GetGenericArguments()[0]
            : null;

    /// <summary>A parameter of a primary constructor is kept in a field that no syntax can make read-only; assigning to it is a style error.</summary>
    private static bool IsCapturedParameter(FieldInfo field) => field.Name.StartsWith('<') && field.Name.EndsWith(">P", StringComparison.Ordinal);

    private static bool IsGenerated(FieldInfo field) =>
        field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || field.DeclaringType.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false);

    private static bool IsMutable(Type type) =>
        type.Namespace is "System.Collections.Generic" or "System.Collections.Concurrent" or "System.Threading"
        && type is { IsInterface: false, IsValueType: false };

    private Task Forbid(string rule, Func<MethodBase, bool> isForbidden)
    {
        Demand.None(
            Types.SelectMany(type => CalledMethods.By(type).Where(isForbidden).Select(called => $"{type.Name} uses {called.DeclaringType!.Name}.{called.Name}")).Distinct(),
            rule);
        return Task.CompletedTask;
    }
}
