using System.Text.Json;
using System.Text.RegularExpressions;
using Qrossing.Abstractions.Http;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Http.OpenApi.Schemas;

/// <summary>Judges one value by a schema and names every place that does not fit. Messages quote the schema, never the value.</summary>
internal sealed class SchemaChecker
{
    // Alternatives within alternatives multiply: a deep value can ask for more work than it has bytes, so the work is bounded.
    private const int MaxSteps = 100_000;

    private int _steps;

    private SchemaChecker()
    {
    }

    public static IReadOnlyList<OperationViolation> Check(Schema schema, JsonElement value, string pointer)
    {
        var checker = new SchemaChecker();
        var violations = new List<OperationViolation>();
        checker.Visit(schema, value, pointer, violations);
        return checker._steps <= MaxSteps ? violations : [new OperationViolation(pointer, "is too deeply nested to be checked")];
    }

    private void Visit(Schema schema, JsonElement value, string pointer, List<OperationViolation> violations)
    {
        if (++_steps > MaxSteps)
        {
            return;
        }

        if ((SchemaTypeNames.Of(value) & schema.Types) == SchemaTypes.None)
        {
            violations.Add(new OperationViolation(pointer, schema.Types == SchemaTypes.None ? "is not allowed" : $"must be {SchemaTypeNames.Text(schema.Types)}"));
            return;
        }

        if (schema.Values is { } allowed && !allowed.Any(one => JsonElement.DeepEquals(one, value)))
        {
            violations.Add(new OperationViolation(pointer, $"must be one of {string.Join(", ", allowed.Select(one => one.GetRawText()))}"));
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                Number(schema, value, pointer, violations);
                break;
            case JsonValueKind.String:
                Text(schema, value.GetString()!, pointer, violations);
                break;
            case JsonValueKind.Array:
                Array(schema, value, pointer, violations);
                break;
            case JsonValueKind.Object:
                Object(schema, value, pointer, violations);
                break;
        }

        Combined(schema, value, pointer, violations);
    }

    private static void Number(Schema schema, JsonElement value, string pointer, List<OperationViolation> violations)
    {
        if (schema.Minimum is { } minimum && (Compare(value, minimum.Value) is var low && (low < 0 || (low == 0 && minimum.Exclusive))))
        {
            violations.Add(new OperationViolation(pointer, $"must be {(minimum.Exclusive ? "more than" : "at least")} {minimum.Value}"));
        }

        if (schema.Maximum is { } maximum && (Compare(value, maximum.Value) is var high && (high > 0 || (high == 0 && maximum.Exclusive))))
        {
            violations.Add(new OperationViolation(pointer, $"must be {(maximum.Exclusive ? "less than" : "at most")} {maximum.Value}"));
        }
    }

    /// <summary>Numbers beyond 28 digits are compared as binary64: they are far from every limit that a schema can state here.</summary>
    private static int Compare(JsonElement value, decimal limit) =>
        value.TryGetDecimal(out var exact) ? exact.CompareTo(limit) : value.GetDouble().CompareTo((double)limit);

    private static void Text(Schema schema, string text, string pointer, List<OperationViolation> violations)
    {
        var length = schema.MinLength is null && schema.MaxLength is null ? 0 : text.EnumerateRunes().Count();
        if (length < schema.MinLength)
        {
            violations.Add(new OperationViolation(pointer, $"must have at least {schema.MinLength} characters"));
        }

        if (length > schema.MaxLength)
        {
            violations.Add(new OperationViolation(pointer, $"must have at most {schema.MaxLength} characters"));
        }

        if (schema.Pattern is { } pattern && !Matches(pattern, text))
        {
            violations.Add(new OperationViolation(pointer, $"must match {schema.PatternText}"));
        }
    }

    private static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // Linear time, and still too much of it: what cannot be checked does not pass.
            return false;
        }
    }

    private void Array(Schema schema, JsonElement value, string pointer, List<OperationViolation> violations)
    {
        var length = value.GetArrayLength();
        if (length < schema.MinItems)
        {
            violations.Add(new OperationViolation(pointer, $"must have at least {schema.MinItems} items"));
        }

        if (length > schema.MaxItems)
        {
            violations.Add(new OperationViolation(pointer, $"must have at most {schema.MaxItems} items"));
        }

        if (schema.Items is { } items)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Visit(items, item, $"{pointer}/{index++}", violations);
            }
        }
    }

    private void Object(Schema schema, JsonElement value, string pointer, List<OperationViolation> violations)
    {
        foreach (var name in schema.Required.Where(name => !value.TryGetProperty(name, out _)))
        {
            violations.Add(new OperationViolation($"{pointer}/{JsonPointer.Escape(name)}", "is missing"));
        }

        foreach (var member in value.EnumerateObject())
        {
            if (schema.Properties.TryGetValue(member.Name, out var property) || (property = schema.AdditionalProperties) is not null)
            {
                Visit(property, member.Value, $"{pointer}/{JsonPointer.Escape(member.Name)}", violations);
            }
        }
    }

    private void Combined(Schema schema, JsonElement value, string pointer, List<OperationViolation> violations)
    {
        if (schema.Reference is { } reference)
        {
            Visit(reference.Target, value, pointer, violations);
        }

        foreach (var part in schema.AllOf)
        {
            Visit(part, value, pointer, violations);
        }

        if (schema.AnyOf.Count > 0 && !schema.AnyOf.Any(one => Fits(one, value)))
        {
            violations.Add(new OperationViolation(pointer, "fits none of the alternatives (anyOf)"));
        }

        if (schema.OneOf.Count > 0 && schema.OneOf.Count(one => Fits(one, value)) is var fitting && fitting != 1)
        {
            violations.Add(new OperationViolation(pointer, fitting == 0 ? "fits none of the alternatives (oneOf)" : "fits several of the alternatives (oneOf)"));
        }
    }

    private bool Fits(Schema schema, JsonElement value)
    {
        var violations = new List<OperationViolation>();
        Visit(schema, value, "", violations);
        return violations.Count == 0;
    }
}
