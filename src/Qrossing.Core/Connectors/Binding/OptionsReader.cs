using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Binding;
using Qrossing.Core.Errors;
using Qrossing.Formats.Json;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>Reads options strictly and names everything that is wrong at once, which a serializer, stopping at the first error, cannot.</summary>
internal sealed class OptionsReader
{
    private readonly List<FieldError> _errors = [];

    private OptionsReader()
    {
    }

    /// <summary>Reads and validates.</summary>
    /// <param name="type">The options record.</param>
    /// <param name="json">An object.</param>
    /// <param name="root">JSON pointer of the object in the caller's body.</param>
    public static BoundOptions Read(Type type, JsonElement json, string root)
    {
        var reader = new OptionsReader();
        var shape = OptionsJson.ShapeOf(type);
        reader.Value(json, shape, root);
        if (reader._errors.Count > 0)
        {
            return new BoundOptions(null, reader._errors);
        }

        var options = json.Deserialize(shape)!;
        reader.Whole(options, shape, root);
        return reader._errors.Count > 0 ? new BoundOptions(null, reader._errors) : new BoundOptions(options, []);
    }

    private void Value(JsonElement json, JsonTypeInfo shape, string pointer)
    {
        switch (shape.Kind, json.ValueKind)
        {
            case (JsonTypeInfoKind.Object, JsonValueKind.Object):
                Members(json, shape, pointer);
                break;
            case (JsonTypeInfoKind.Dictionary, JsonValueKind.Object) when shape.ElementType is { } element:
                foreach (var member in json.EnumerateObject())
                {
                    Value(member.Value, OptionsJson.ShapeOf(element), Below(pointer, member.Name));
                }

                break;
            case (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) when shape.ElementType is { } element:
                var index = 0;
                foreach (var item in json.EnumerateArray())
                {
                    Value(item, OptionsJson.ShapeOf(element), $"{pointer}/{index++}");
                }

                break;
            default:
                TryRead(json, shape, pointer, out _);
                break;
        }
    }

    private void Members(JsonElement json, JsonTypeInfo shape, string pointer)
    {
        var given = new HashSet<string>();
        foreach (var member in json.EnumerateObject())
        {
            var at = Below(pointer, member.Name);
            if (!given.Add(member.Name))
            {
                Add(at, "repeated", $"'{member.Name}' is given twice.");
            }
            else if (shape.Properties.FirstOrDefault(property => property.Name == member.Name) is { } property)
            {
                Member(member.Value, property, at);
            }
            else
            {
                Add(at, "unknown", Unknown(member.Name, shape));
            }
        }

        foreach (var missing in shape.Properties.Where(property => IsRequired(property) && !given.Contains(property.Name)))
        {
            Add(Below(pointer, missing.Name), "required", $"'{missing.Name}' is required.");
        }
    }

    private void Member(JsonElement json, JsonPropertyInfo property, string pointer)
    {
        if (json.ValueKind == JsonValueKind.Null && (IsRequired(property) || !property.IsSetNullable))
        {
            Add(pointer, "required", $"'{property.Name}' cannot be null.");
            return;
        }

        var shape = OptionsJson.ShapeOf(property.PropertyType);
        var before = _errors.Count;
        Value(json, shape, pointer);
        if (_errors.Count == before && Rules(property).Count > 0 && TryRead(json, shape, pointer, out var value))
        {
            Annotations(value, property, pointer);
        }
    }

    private void Annotations(object? value, JsonPropertyInfo property, string pointer)
    {
        // The rules of options look at one value each; those that look at the whole record are IValidatableObject's.
        foreach (var rule in Rules(property))
        {
            if (ValueRules.Refusal(rule, value, property.Name) is { } refused)
            {
                Add(pointer, CodeOf(rule), refused);
            }
        }
    }

    /// <summary>What a record says about itself as a whole, nested records included.</summary>
    private void Whole(object value, JsonTypeInfo shape, string pointer)
    {
        if (value is IValidatableObject record)
        {
            foreach (var failed in record.Validate(new ValidationContext(value)))
            {
                var members = failed.MemberNames.Select(name => Below(pointer, JsonNamingPolicy.CamelCase.ConvertName(name))).DefaultIfEmpty(pointer);
                foreach (var member in members)
                {
                    Add(member, "invalid", failed.ErrorMessage ?? "The combination is not valid.");
                }
            }
        }

        foreach (var property in shape.Properties.Where(property => property.Get is not null))
        {
            var child = OptionsJson.ShapeOf(property.PropertyType);
            if (property.Get!(value) is not { } nested)
            {
                continue;
            }

            var at = Below(pointer, property.Name);
            if (child.Kind == JsonTypeInfoKind.Object)
            {
                Whole(nested, child, at);
            }
            else if (child is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && nested is System.Collections.IEnumerable items
                && OptionsJson.ShapeOf(element) is { Kind: JsonTypeInfoKind.Object } elementShape)
            {
                var index = 0;
                foreach (var item in items)
                {
                    Whole(item, elementShape, $"{at}/{index++}");
                }
            }
        }
    }

    private bool TryRead(JsonElement json, JsonTypeInfo shape, string pointer, out object? value)
    {
        try
        {
            value = json.Deserialize(shape);
            if (IsNamed(value, json))
            {
                return true;
            }

            Add(pointer, "type", Expected(shape.Type));
            return false;
        }
        catch (JsonException)
        {
            // The serializer's own text names .NET types, which tell an operator nothing.
            Add(pointer, "type", Expected(shape.Type));
            value = null;
            return false;
        }
    }

    // The serializer takes an enum's .NET name too, in any case; ours are lower_snake and nothing else.
    private static bool IsNamed(object? value, JsonElement json) =>
        value is not Enum || json.GetString() == JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!);

    private static string Expected(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            { IsEnum: true } => $"One of {string.Join(", ", Enum.GetNames(plain).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))} is expected.",
            _ when plain == typeof(string) => "Text is expected.",
            _ when plain == typeof(TimeSpan) => DurationConverter.Expected,
            _ when plain == typeof(SecretRef) => SecretRefConverter.Expected,
            _ when plain == typeof(Uri) => AbsoluteUrlConverter.Expected,
            _ when plain == typeof(bool) => "true or false is expected.",
            _ when plain.IsPrimitive || plain == typeof(decimal) => $"A number that fits {plain.Name} is expected.",
            _ when plain.IsAssignableTo(typeof(System.Collections.IDictionary)) => "An object is expected.",
            _ when plain.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "An array is expected.",
            _ => "An object is expected.",
        };
    }

    private static string Unknown(string name, JsonTypeInfo shape)
    {
        var nearest = NearestName.Of(name, shape.Properties.Select(property => property.Name));
        return nearest is null ? $"There is no '{name}'." : $"There is no '{name}'; did you mean '{nearest}'?";
    }

    private static bool IsRequired(JsonPropertyInfo property) => property.IsRequired || Rules(property).OfType<RequiredAttribute>().Any();

    private static List<ValidationAttribute> Rules(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true).Cast<ValidationAttribute>().ToList() ?? [];

    private static string CodeOf(ValidationAttribute rule) => rule switch
    {
        RequiredAttribute => "required",
        RangeAttribute or StringLengthAttribute or MinLengthAttribute or MaxLengthAttribute or LengthAttribute => "range",
        RegularExpressionAttribute or UrlAttribute or AllowedValuesAttribute or DeniedValuesAttribute => "format",
        _ => "invalid",
    };

    private static string Below(string pointer, string name) => $"{pointer}/{JsonPointer.Escape(name)}";

    private void Add(string pointer, string code, string message) => _errors.Add(new FieldError(pointer, code, message));
}
