using System.Globalization;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;

namespace Qrossing.Core.Webhooks;

/// <summary>What a subscription may say. Reports everything wrong at once.</summary>
internal sealed class SubscriptionPolicy(IEgressCheck egress)
{
    private const int MaxUrl = 2048;
    private const int MaxTypes = 50;

    /// <summary>Null when url and types may stand; null members were not given and are not looked at.</summary>
    public async ValueTask<Refusal?> CheckAsync(string? url, IReadOnlyList<string>? types, List<FieldError> errors, CancellationToken cancellationToken)
    {
        var parsed = url is null ? null : ParseUrl(url, errors);
        if (types is not null)
        {
            CheckTypes(types, errors);
        }

        if (errors.Count > 0)
        {
            return new Refusal(WebhookErrors.Invalid, "The subscription was not stored.") { Errors = errors };
        }

        return parsed is null ? null : await egress.CheckAsync(parsed, cancellationToken);
    }

    /// <summary>The cursor to begin with.</summary>
    public static long ParseFrom(string? from, long head, List<FieldError> errors)
    {
        switch (from)
        {
            case null or "now":
                return head;
            case "beginning":
                return 0;
            default:
                if (long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position <= head)
                {
                    return position;
                }

                errors.Add(new FieldError("/from", "format", "Must be 'now', 'beginning' or a position of the log."));
                return head;
        }
    }

    private Uri? ParseUrl(string url, List<FieldError> errors)
    {
        if (url.Length > MaxUrl || !Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            || (parsed.Scheme != Uri.UriSchemeHttps && parsed.Scheme != Uri.UriSchemeHttp) || parsed.Host.Length == 0)
        {
            errors.Add(new FieldError("/url", "format", $"Must be an absolute HTTPS URL of at most {MaxUrl} characters."));
            return null;
        }

        if (parsed.UserInfo.Length > 0 || parsed.Fragment.Length > 0)
        {
            errors.Add(new FieldError("/url", "format", "Must not have a user name, password or fragment."));
            return null;
        }

        if (HostForm.Wrong(parsed) is { } wrongHost)
        {
            errors.Add(new FieldError("/url", "format", wrongHost));
            return null;
        }

        if (parsed.Scheme == Uri.UriSchemeHttp && !egress.IsListed(parsed))
        {
            errors.Add(new FieldError("/url", "insecure", "Must be HTTPS; plain HTTP needs the host in Egress:Allow."));
            return null;
        }

        return parsed;
    }

    private static void CheckTypes(IReadOnlyList<string> types, List<FieldError> errors)
    {
        if (types.Count is 0 or > MaxTypes)
        {
            errors.Add(new FieldError("/types", "range", $"Must have 1 to {MaxTypes} patterns."));
        }

        errors.AddRange(types
            .Select((pattern, index) => (pattern, index))
            .Where(type => !EventFilter.IsPattern(type.pattern))
            .Select(type => new FieldError($"/types/{type.index}", "format", "Must be a type, 'x.*' or '*'.")));
    }
}
