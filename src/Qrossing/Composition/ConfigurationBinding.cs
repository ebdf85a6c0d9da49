using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Xml;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Binding;

namespace Qrossing.Composition;

/// <summary>
/// Binds configuration to options records strictly: every key must be a property (the nearest valid name is offered otherwise), every value must parse,
/// every DataAnnotation must hold, and secrets must be references. All failures are collected.
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
            var at = path.Length == 0 ? child.Key : $"{path}:{child.Key}";
            var property = properties.Find(candidate => candidate.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                failures.Add($"{at}: unknown key; did you mean '{Nearest(child.Key, properties.Select(candidate => candidate.Name))}'?");
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

    /// <summary>The name that takes the fewest edits to reach.</summary>
    public static string Nearest(string given, IEnumerable<string> names) =>
        names.MinBy(name => Distance(given.ToLowerInvariant(), name.ToLowerInvariant())) ?? string.Empty;

    private void Validate(object instance, IEnumerable<PropertyInfo> properties, string path)
    {
        foreach (var property in properties)
        {
            var value = property.GetValue(instance);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (ValueRules.Refusal(rule, value, property.Name) is { } refused)
                {
                    failures.Add($"{(path.Length == 0 ? property.Name : $"{path}:{property.Name}")}: {refused}");
                }
            }
        }
    }

    private object? Value(Type declared, IConfigurationSection section, string path)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return Items(type.GetGenericArguments()[0], section, path);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return Entries(type.GetGenericArguments()[1], section, path);
        }

        if (section.Value is null)
        {
            return Bind(type, section, path);
        }

        try
        {
            return Scalar(type, section.Value, path);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or ArgumentException)
        {
            failures.Add($"{path}: '{section.Value}' is not {Expected(type)}.");
            return null;
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
            _ when type == typeof(TimeSpan) => text.StartsWith('P') ? XmlConvert.ToTimeSpan(text) : TimeSpan.Parse(text),
            _ when type.IsEnum => Enum.Parse(type, text, ignoreCase: true),
            _ => Convert.ChangeType(text, type),
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
                list.Add(Scalar(itemType, part, path));
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

    // Levenshtein distance over two rows.
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
