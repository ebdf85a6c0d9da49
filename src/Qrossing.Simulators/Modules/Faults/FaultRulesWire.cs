using System.Text.Json;

namespace Qrossing.Simulators.Modules.Faults;

/// <summary>
/// The rule file: a JSON array of <c>{match?: {module?, method?, path?, header?}, fault, status?, delayMs?, times?, after?, retryAfterSeconds?}</c>.
/// Read strictly, with all errors at once: a fault test whose rule has a typing error would pass without testing anything.
/// </summary>
internal sealed class FaultRulesWire
{
    private static readonly string[] RuleMembers = ["match", "fault", "status", "delayMs", "times", "after", "retryAfterSeconds"];
    private static readonly string[] MatchMembers = ["module", "method", "path", "header"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly IReadOnlyCollection<string> _modules;
    private readonly List<FaultRuleError> _errors = [];

    private FaultRulesWire(IReadOnlyCollection<string> modules) => _modules = modules;

    /// <summary>The rules, or (when there are errors) none.</summary>
    public static (IReadOnlyList<FaultRule> Rules, IReadOnlyList<FaultRuleError> Errors) Parse(ReadOnlyMemory<byte> json, IReadOnlyCollection<string> modules)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Array)
            {
                return ([], [new FaultRuleError("", "must be an array of rules")]);
            }

            var reader = new FaultRulesWire(modules);
            var rules = document.RootElement.EnumerateArray().Select((rule, index) => reader.Rule(rule, $"/{index}")).OfType<FaultRule>().ToArray();
            return reader._errors.Count == 0 ? (rules, []) : ([], reader._errors);
        }
        catch (JsonException exception)
        {
            return ([], [new FaultRuleError("", $"is not valid JSON: {exception.Message}")]);
        }
    }

    private FaultRule? Rule(JsonElement rule, string at)
    {
        if (!IsObjectOf(rule, RuleMembers, at))
        {
            return null;
        }

        var match = rule.TryGetProperty("match", out var criteria) ? Match(criteria, $"{at}/match") : new FaultMatch();
        if (Kind(rule, at) is not { } kind)
        {
            return null;
        }

        return new FaultRule(match, kind)
        {
            Status = Number(rule, "status", 400, 599, at, onlyFor: [FaultKind.Status], kind, required: true),
            DelayMs = Number(rule, "delayMs", 1, 120_000, at, onlyFor: [FaultKind.Slow, FaultKind.SlowBeforeApply], kind, required: true),
            RetryAfterSeconds = Number(rule, "retryAfterSeconds", 0, 86_400, at, onlyFor: [FaultKind.Status], kind, required: false),
            Times = Number(rule, "times", 1, int.MaxValue, at),
            After = Number(rule, "after", 0, int.MaxValue, at) ?? 0,
        };
    }

    private FaultMatch Match(JsonElement match, string at)
    {
        if (!IsObjectOf(match, MatchMembers, at))
        {
            return new FaultMatch();
        }

        var result = new FaultMatch { Module = Text(match, "module", at), Method = Text(match, "method", at), Path = Text(match, "path", at), Header = Text(match, "header", at) };
        if (result.Module is { } module && !_modules.Contains(module))
        {
            Refuse($"{at}/module", $"'{module}' is no simulated module; there are {string.Join(", ", _modules)}");
        }

        if (result.Path is { } path && (!path.StartsWith('/') || path[..^1].Contains('*')))
        {
            Refuse($"{at}/path", "must start with '/' and may have one '*', at its end");
        }

        return result;
    }

    private FaultKind? Kind(JsonElement rule, string at)
    {
        if (Text(rule, "fault", at) is not { } name)
        {
            Refuse($"{at}/fault", $"is required: one of {string.Join(", ", FaultKinds.ByName.Keys.Order())}");
            return null;
        }

        if (FaultKinds.ByName.TryGetValue(name, out var kind))
        {
            return kind;
        }

        Refuse($"{at}/fault", $"'{name}' is unknown; known faults are {string.Join(", ", FaultKinds.ByName.Keys.Order())}");
        return null;
    }

    private int? Number(JsonElement rule, string name, int min, int max, string at, FaultKind[] onlyFor, FaultKind kind, bool required)
    {
        if (!onlyFor.Contains(kind) && rule.TryGetProperty(name, out _))
        {
            Refuse($"{at}/{name}", $"belongs to the fault {string.Join(" and ", onlyFor.Select(fault => $"'{FaultKinds.NameOf(fault)}'"))} only");
            return null;
        }

        if (onlyFor.Contains(kind) && required && !rule.TryGetProperty(name, out _))
        {
            Refuse($"{at}/{name}", $"is required by the fault '{FaultKinds.NameOf(kind)}'");
        }

        return Number(rule, name, min, max, at);
    }

    private int? Number(JsonElement rule, string name, int min, int max, string at)
    {
        if (!rule.TryGetProperty(name, out var member))
        {
            return null;
        }

        if (member.ValueKind is JsonValueKind.Number && member.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Refuse($"{at}/{name}", $"must be a whole number from {min} to {max}");
        return null;
    }

    private string? Text(JsonElement parent, string name, string at)
    {
        if (!parent.TryGetProperty(name, out var member))
        {
            return null;
        }

        if (member.ValueKind is JsonValueKind.String && member.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Refuse($"{at}/{name}", "must be a non-empty string");
        return null;
    }

    private bool IsObjectOf(JsonElement element, string[] known, string at)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            Refuse(at, "must be an object");
            return false;
        }

        foreach (var name in element.EnumerateObject().Select(member => member.Name).Where(name => !known.Contains(name)))
        {
            Refuse($"{at}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", $"is unknown; known members are {string.Join(", ", known)}");
        }

        return true;
    }

    private void Refuse(string pointer, string message) => _errors.Add(new FaultRuleError(pointer, message));
}
