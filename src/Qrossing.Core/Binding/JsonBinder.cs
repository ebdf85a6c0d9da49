using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Binding;

/// <summary>
/// Reads a JSON object into a record and reports everything that is wrong at once, each with its pointer: unknown, missing and wrongly typed members,
/// and what the DataAnnotations on the properties refuse. The one reader for request bodies.
/// </summary>
public static class JsonBinder
{
    private static readonly ConcurrentDictionary<Type, BindableType> Types = new();

    /// <summary>The record, or every error. Members are the camelCase names of the public properties; <c>required</c> ones must be there and not null.</summary>
    public static bool TryBind<T>(JsonElement element, out T? value, out IReadOnlyList<FieldError> errors)
        where T : class
    {
        var found = new List<FieldError>();
        value = BindObject(typeof(T), element, string.Empty, found) as T;
        errors = found;
        return found.Count == 0;
    }

    /// <summary>A pointer's next step (RFC 6901 section 3).</summary>
    public static string Step(string pointer, string name) => $"{pointer}/{name.Replace("~", "~0").Replace("/", "~1")}";

    private static object? BindObject(Type type, JsonElement element, string pointer, List<FieldError> errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError(pointer, "type", "Expected an object."));
            return null;
        }

        var bindable = Types.GetOrAdd(type, static found => new BindableType(found));
        var instance = bindable.Create();
        var seen = new HashSet<string>();
        foreach (var member in element.EnumerateObject())
        {
            if (!bindable.TryGet(member.Name, out var property))
            {
                errors.Add(new FieldError(Step(pointer, member.Name), "unknown", $"Unknown member; known are {bindable.Names}."));
                continue;
            }

            seen.Add(member.Name);
            if (member.Value.ValueKind == JsonValueKind.Null && !property.IsRequired)
            {
                continue;
            }

            var at = Step(pointer, member.Name);
            var before = errors.Count;
            var value = BindValue(property.Property.PropertyType, member.Value, at, errors);
            if (errors.Count > before)
            {
                continue;
            }

            Check(property, value, at, errors);
            property.Property.SetValue(instance, value);
        }

        errors.AddRange(bindable.Required
            .Where(name => !seen.Contains(name))
            .Select(name => new FieldError(Step(pointer, name), "required", "The member is required.")));
        return instance;
    }

    private static object? BindValue(Type declared, JsonElement element, string pointer, List<FieldError> errors)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(JsonElement))
        {
            return element.Clone();
        }

        if (ItemTypeOf(type) is { } itemType)
        {
            return BindList(itemType, element, pointer, errors);
        }

        var (value, expected) = type switch
        {
            _ when type == typeof(string) => (element.ValueKind == JsonValueKind.String ? element.GetString() : null, "a string"),
            _ when type == typeof(bool) => (element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : null, "true or false"),
            _ when type == typeof(int) => (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null, "an integer of 32 bits"),
            _ when type == typeof(long) => (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : (object?)null, "an integer of 64 bits"),
            _ when type == typeof(DateTimeOffset) => (ReadTime(element), "a time as RFC 3339, for example 2026-01-31T12:00:00Z"),
            _ => (null, null),
        };
        if (expected is null)
        {
            return BindObject(type, element, pointer, errors);
        }

        if (value is null)
        {
            errors.Add(new FieldError(pointer, "type", $"Expected {expected}."));
        }
        else if (value is string text && text.Contains('\0', StringComparison.Ordinal))
        {
            errors.Add(new FieldError(pointer, "format", "Must not contain U+0000.")); // PostgreSQL has no text with it
        }

        return value;
    }

    private static DateTimeOffset? ReadTime(JsonElement element) =>
        element.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParseExact(
            element.GetString(),
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
        && element.GetString() is { } text && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10)
            ? time
            : null;

    private static IList? BindList(Type itemType, JsonElement element, string pointer, List<FieldError> errors)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            errors.Add(new FieldError(pointer, "type", "Expected an array."));
            return null;
        }

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            var before = errors.Count;
            var value = BindValue(itemType, item, $"{pointer}/{index++}", errors);
            if (errors.Count == before)
            {
                list.Add(value);
            }
        }

        return list;
    }

    private static Type? ItemTypeOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static void Check(BindableProperty property, object? value, string pointer, List<FieldError> errors)
    {
        foreach (var rule in property.Rules)
        {
            if (ValueRules.Refusal(rule, value, property.Name) is { } refused)
            {
                errors.Add(new FieldError(pointer, CodeOf(rule), refused));
            }
        }
    }

    private static string CodeOf(ValidationAttribute rule) => rule switch
    {
        RangeAttribute => "range",
        StringLengthAttribute or LengthAttribute or MinLengthAttribute or MaxLengthAttribute => "length",
        AllowedValuesAttribute => "enum",
        _ => "format",
    };

    private sealed record BindableProperty(PropertyInfo Property, string Name, bool IsRequired, IReadOnlyList<ValidationAttribute> Rules);

    private sealed class BindableType
    {
        private readonly ConstructorInfo _constructor;
        private readonly Dictionary<string, BindableProperty> _properties;

        public BindableType(Type type)
        {
            _constructor = type.GetConstructor(Type.EmptyTypes) ?? throw new InvalidOperationException($"{type} has no constructor without parameters.");
            _properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite)
                .Select(property => new BindableProperty(
                    property,
                    JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                    property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)),
                    [.. property.GetCustomAttributes<ValidationAttribute>()]))
                .ToDictionary(property => property.Name);
            Names = string.Join(", ", _properties.Keys);
            Required = [.. _properties.Values.Where(property => property.IsRequired).Select(property => property.Name)];
        }

        public string Names { get; }

        public IReadOnlyList<string> Required { get; }

        public object Create() => _constructor.Invoke(null);

        public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BindableProperty? property) => _properties.TryGetValue(name, out property);
    }
}
