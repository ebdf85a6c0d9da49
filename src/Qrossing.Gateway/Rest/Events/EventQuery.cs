using System.Globalization;
using System.Text.Json;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Gateway.Rest.Events;

/// <summary>The filters that list and stream share.</summary>
internal static class EventQuery
{
    /// <summary>On the reference page.</summary>
    public static readonly IReadOnlyList<QueryText> Texts =
    [
        new("type", "Only these types: exact, 'x.*' or '*'; several with commas or by repeating it.") { Repeats = true },
        new("subject", "Only with exactly this subject."),
    ];

    /// <summary>The filter; 422 for what is no pattern.</summary>
    public static Result<EventFilter> Filter(GatewayCall call)
    {
        var types = call.Http.Request.Query["type"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(types, type => !EventFilter.IsPattern(type)) is { } wrong
            ? GatewayCall.InvalidQuery("type", "format", $"'{wrong}' is neither a type, 'x.*' nor '*'.")
            : new EventFilter(types, call.Query("subject"));
    }

    /// <summary>409: a position the log has not reached. A consumer must not wait in silence on a log that was restored from a backup.</summary>
    public static async ValueTask<Refusal?> AheadAsync(IEventStore store, LogHead head, long after, CancellationToken cancellationToken)
    {
        // The database is asked only in doubt: this process may hear of a commit later than a caller.
        if (after <= head.Position || await store.HeadAsync(cancellationToken) is var newest && after <= newest)
        {
            return null;
        }

        return new Refusal(EventErrors.PositionAhead, $"The log ends at {newest}.")
        {
            Extensions = new Dictionary<string, JsonElement> { ["head"] = JsonSerializer.SerializeToElement(newest) },
        };
    }

    /// <summary>A position of the log; false for what is none.</summary>
    public static bool TryPosition(string text, out long position) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out position);
}
