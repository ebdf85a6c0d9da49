using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Xml;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Binding;
using Qrossing.Core.Connectors.Binding;

namespace Qrossing.Composition;

/// <summary>
/// Binds configuration to options records strictly: every key must be a property (the nearest valid name is offered otherwise), every value must parse,
/// every DataAnnotation and every rule between values must hold, and secrets must be references. All failures are collected.
/// </summary>
internal sealed class ConfigurationBinding(ICollection<string> failures)
{
    /// <summary>Binds a section, or the root, to a new <paramref name="type"/>.</summary>
    public object Bind(Type type, IConfiguration configuration, string path)
    {
        var instance = Activator.CreateInstance(type)!;
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToList();
        foreach (var child in configuration.GetChildren())
        {
            var at = At(path, child.Key);
            var property = properties.Find(candidate => candidate.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                failures.Add(Unknown(at, child.Key, properties.ConvertAll(candidate => candidate.Name)));
                continue;
            }

            if (Value(property.PropertyType, child, at) is { } value)
            {
                property.SetValue(instance, value);
            }
        }

        Validate(instance, properties, path);
        return instance;
    }

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    private static string Unknown(string path, string key, IReadOnlyList<string> names) => NearestName.Of(key, names) is { } meant
        ? $"{path}: unknown key; did you mean '{meant}'?"
        : $"{path}: unknown key; there are {string.Join(", ", names)}.";

    private void Validate(object instance, IEnumerable<PropertyInfo> properties, string path)
    {
        foreach (var property in properties)
        {
            var value = property.GetValue(instance);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (ValueRules.Refusal(rule, value, property.Name) is { } refused)
                {
                    failures.Add($"{At(path, property.Name)}: {refused}");
                }
            }
        }

        foreach (var wrong in (instance as IValidatableObject)?.Validate(new ValidationContext(instance)) ?? [])
        {
            failures.Add($"{At(path, wrong.MemberNames.FirstOrDefault() ?? string.Empty)}: {wrong.ErrorMessage}");
        }
    }

    private object? Value(Type declared, IConfigurationSection section, string path)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var isSection = section.GetChildren().Any();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return Items(type.GetGenericArguments()[0], section, path);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return section.Value is { Length: > 0 } ? Refused(path, "is a section with names of your own, not one value.") : Entries(type.GetGenericArguments()[1], section, path);
        }

        if (IsScalar(type))
        {
            return isSection ? Refused(path, "takes one value, not a section.") : section.Value is { } text ? Parsed(type, text, path) : null;
        }

        return section.Value is { Length: > 0 } ? Refused(path, $"is a section: {string.Join(", ", type.GetProperties().Select(property => property.Name))}.")
            : isSection ? Bind(type, section, path)
            : null; // named and left empty: as if it were not there
    }

    private static bool IsScalar(Type type) =>
        type == typeof(string) || type == typeof(Uri) || type == typeof(TimeSpan) || type == typeof(SecretRef) || type == typeof(decimal) || type.IsEnum || type.IsPrimitive;

    private object? Refused(string path, string why)
    {
        failures.Add($"{path}: {why}");
        return null;
    }

    private object? Parsed(Type type, string text, string path)
    {
        try
        {
            return Scalar(type, text, path);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            return Refused(path, $"'{text}' is not {Expected(type)}.");
        }
    }

    private object? Scalar(Type type, string text, string path)
    {
        if (type == typeof(SecretRef))
        {
            if (text.StartsWith("env:", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.Ordinal))
            {
                return new SecretRef(text);
            }

            failures.Add($"{path}: a secret is given as env:NAME or file:PATH, never in plain text.");
            return null;
        }

        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(Uri) => new Uri(text, UriKind.Absolute),
            _ when type == typeof(TimeSpan) => text.StartsWith('P') ? XmlConvert.ToTimeSpan(text) : TimeSpan.Parse(text, CultureInfo.InvariantCulture),
            _ when type.IsEnum => int.TryParse(text, out _) ? throw new FormatException() : Enum.Parse(type, text, ignoreCase: true),
            _ => Convert.ChangeType(text, type, CultureInfo.InvariantCulture),
        };
    }

    private IList Items(Type itemType, IConfigurationSection section, string path)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        if (section.Value is { Length: > 0 } inline)
        {
            // One environment variable can hold a list: QROSSING__Egress__Allow=127.0.0.1,[::1]
            foreach (var part in inline.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (Parsed(itemType, part, path) is { } value)
                {
                    list.Add(value);
                }
            }
        }

        foreach (var child in section.GetChildren())
        {
            if (Value(itemType, child, $"{path}:{child.Key}") is { } value)
            {
                list.Add(value);
            }
        }

        return list;
    }

    private IDictionary Entries(Type valueType, IConfigurationSection section, string path)
    {
        var entries = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        foreach (var child in section.GetChildren())
        {
            if (Value(valueType, child, $"{path}:{child.Key}") is { } value)
            {
                entries[child.Key] = value;
            }
        }

        return entries;
    }

    private static string Expected(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a duration such as 00:00:30 or PT30S",
        _ when type == typeof(Uri) => "an absolute URL",
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ => "a number in range",
    };
}
