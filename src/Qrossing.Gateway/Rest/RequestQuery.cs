using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Qrossing.Core.Errors;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest;

/// <summary>The one judgement of every declared query parameter: given once, percent-encoded UTF-8, without control characters (no database key has any).</summary>
internal static class RequestQuery
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>422 with a pointer for each parameter that does not fit; null when all do. What is not declared is not looked at.</summary>
    public static Refusal? Error(HttpContext http, IReadOnlyList<QueryText> declared)
    {
        var query = http.Request.QueryString.Value;
        if (string.IsNullOrEmpty(query))
        {
            return null;
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var errors = new List<FieldError>();
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName().ToString();
            var parameter = declared.FirstOrDefault(candidate => candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (parameter is null)
            {
                continue;
            }

            if (!seen.Add(name) && !parameter.Repeats)
            {
                errors.Add(new FieldError($"?{parameter.Name}", "repeated", "Is given more than once."));
            }
            else if (ValueError(pair.EncodedValue.Span) is { } message)
            {
                errors.Add(new FieldError($"?{parameter.Name}", "format", message));
            }
        }

        return errors.Count == 0 ? null : new Refusal(HttpErrors.QueryInvalid, "A query parameter does not fit.") { Errors = errors };
    }

    private static string? ValueError(ReadOnlySpan<char> encoded)
    {
        try
        {
            return StrictUtf8.GetString(WebUtility.UrlDecodeToBytes(StrictUtf8.GetBytes(encoded.ToArray()), 0, StrictUtf8.GetByteCount(encoded))!).Any(char.IsControl)
                ? "Has a control character."
                : null;
        }
        catch (ArgumentException)
        {
            return "Is not percent-encoded UTF-8."; // encoder and decoder exceptions are argument exceptions
        }
    }
}
