using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors;

/// <summary>The kinds that are installed, found by <see cref="ConnectorAttribute"/> and frozen at start.</summary>
public sealed partial class ConnectorCatalog
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private readonly FrozenDictionary<string, ConnectorDescription> _byKind;

    /// <summary>Reads the assemblies.</summary>
    /// <exception cref="InvalidOperationException">Connectors that break the contract; all of them are named.</exception>
    public ConnectorCatalog(IEnumerable<Assembly> assemblies)
        : this(assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()))
    {
    }

    /// <summary>Reads single types, for tests of the contract.</summary>
    internal ConnectorCatalog(IEnumerable<Type> types)
    {
        var found = types
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<ConnectorAttribute>()))
            .Where(candidate => candidate.Attribute is not null)
            .Select(candidate => (candidate.Type, Attribute: candidate.Attribute!))
            .ToList();
        var wrong = found.SelectMany(candidate => Faults(candidate.Type, candidate.Attribute))
            .Concat(found.GroupBy(candidate => candidate.Attribute.Kind)
                .Where(group => group.Count() > 1)
                .Select(group => $"The kind '{group.Key}' is declared by {string.Join(" and ", group.Select(candidate => candidate.Type.Name))}."))
            .ToList();
        if (wrong.Count > 0)
        {
            throw new InvalidOperationException(string.Join(" ", wrong));
        }

        All = [.. found.Select(candidate => Describe(candidate.Type, candidate.Attribute)).OrderBy(description => description.Kind, StringComparer.Ordinal)];
        _byKind = All.ToFrozenDictionary(description => description.Kind);
    }

    /// <summary>All kinds by name.</summary>
    public IReadOnlyList<ConnectorDescription> All { get; }

    /// <summary>One kind.</summary>
    public bool TryGet(string kind, [NotNullWhen(true)] out ConnectorDescription? description) => _byKind.TryGetValue(kind, out description);

    private static IEnumerable<string> Faults(Type type, ConnectorAttribute attribute)
    {
        if (!Kinds().IsMatch(attribute.Kind))
        {
            yield return $"{type.Name}: the kind '{attribute.Kind}' is not category.name in [a-z0-9_].";
        }

        if (type.IsAbstract || ConstructorOf(type, attribute) is null)
        {
            yield return $"{type.Name}: a connector is a class with exactly one constructor, which takes {attribute.Options.Name} and nothing else.";
        }

        if (!attribute.Options.IsClass || attribute.Options.GetConstructor(AnyInstance, []) is null)
        {
            yield return $"{type.Name}: the options {attribute.Options.Name} are not a record with a constructor without parameters.";
        }

        if (CapabilitiesOf(type).Count == 0)
        {
            yield return $"{type.Name}: it implements no capability.";
        }
    }

    private static ConnectorDescription Describe(Type type, ConnectorAttribute attribute) => new()
    {
        Kind = attribute.Kind,
        Summary = attribute.Summary,
        Stability = attribute.Stability,
        Data = attribute.Data,
        OptionsType = attribute.Options,
        ConnectorType = type,
        Capabilities = CapabilitiesOf(type),
        OptionsSchema = Binding.OptionsSchema.Of(attribute.Options),
    };

    /// <summary>Makes a connector over its options.</summary>
    internal static object Make(ConnectorDescription description, object options) =>
        ConstructorOf(description.ConnectorType, description.OptionsType)!.Invoke([options]);

    private static ConstructorInfo? ConstructorOf(Type type, ConnectorAttribute attribute) => ConstructorOf(type, attribute.Options);

    private static ConstructorInfo? ConstructorOf(Type type, Type options) =>
        type.GetConstructors(AnyInstance) is [var only] && only.GetParameters() is [var parameter] && parameter.ParameterType == options ? only : null;

    private static List<Type> CapabilitiesOf(Type type) =>
        [.. type.GetInterfaces().Where(contract => contract.Assembly == typeof(IProbes).Assembly).OrderBy(contract => contract.Name, StringComparer.Ordinal)];

    [GeneratedRegex("^[a-z0-9_]+\\.[a-z0-9_]+\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kinds();
}
