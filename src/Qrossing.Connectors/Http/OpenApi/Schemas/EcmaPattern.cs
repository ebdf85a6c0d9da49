using System.Text;
using System.Text.RegularExpressions;

namespace Qrossing.Connectors.Http.OpenApi.Schemas;

/// <summary>
/// Patterns of JSON Schema are ECMA-262 expressions. The engine used cannot backtrack, so that no pattern takes more than linear time; what it
/// cannot do (look-around, back-references) is refused when the connection is configured.
/// </summary>
internal static class EcmaPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">No pattern.</exception>
    /// <exception cref="NotSupportedException">A construct that needs backtracking.</exception>
    public static Regex Compile(string pattern) => new(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);

    /// <summary>Where the two languages write the same and mean different things: <c>$</c> is the very end, <c>\d</c> and <c>\w</c> are ASCII.</summary>
    private static string Translate(string pattern)
    {
        var translated = new StringBuilder(pattern.Length);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var unit = pattern[i];
            if (unit == '\\' && i + 1 < pattern.Length)
            {
                translated.Append(Escape(pattern[++i], inClass));
                continue;
            }

            inClass = unit switch { '[' => true, ']' => false, _ => inClass };
            translated.Append(unit == '$' && !inClass ? @"\z" : unit.ToString());
        }

        return translated.ToString();
    }

    private static string Escape(char unit, bool inClass) => (unit, inClass) switch
    {
        ('d', true) => "0-9",
        ('d', false) => "[0-9]",
        ('D', false) => "[^0-9]",
        ('w', true) => "A-Za-z0-9_",
        ('w', false) => "[A-Za-z0-9_]",
        ('W', false) => "[^A-Za-z0-9_]",
        ('/', _) => "/",
        _ => $"\\{unit}",
    };
}
