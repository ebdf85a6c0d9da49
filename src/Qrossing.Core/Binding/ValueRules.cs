using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Qrossing.Core.Binding;

/// <summary>What the DataAnnotations on a property say of a value: one judgement for request bodies, connection options and configuration.</summary>
public static class ValueRules
{
    /// <summary>Why the rule refuses the value; null when it does not.</summary>
    public static string? Refusal(ValidationAttribute rule, object? value, string name)
    {
        // .NET lets empty text pass every pattern, although the published schema (the same pattern) refuses it.
        if (rule is RegularExpressionAttribute pattern && value is string { Length: 0 })
        {
            return Regex.IsMatch(string.Empty, $"^(?:{pattern.Pattern})$", RegexOptions.None, pattern.MatchTimeout) ? null : pattern.FormatErrorMessage(name);
        }

        var context = new ValidationContext(value ?? string.Empty) { MemberName = name, DisplayName = name };
        return rule.GetValidationResult(value, context) is { } refused ? refused.ErrorMessage ?? "The value is not valid." : null;
    }
}
