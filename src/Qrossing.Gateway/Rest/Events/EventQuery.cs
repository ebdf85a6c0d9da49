using System.Globalization;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;

namespace Qrossing.Gateway.Rest.Events;

/// <summary>The filters that list and stream share.</summary>
internal static class EventQuery
{
    /// <summary>On the reference page.</summary>
    public static readonly IReadOnlyList<QueryText> Texts =
    [
        new("type", "Only these types: exact, 'x.*' or '*'; several with commas or by repeating it."),
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

    /// <summary>A position of the log; false for what is none.</summary>
    public static bool TryPosition(string text, out long position) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out position);
}
