using System.Text.RegularExpressions;

namespace Qrossing.Core.Events;

/// <summary>The rules for names of event types.</summary>
public static partial class EventTypes
{
    /// <summary>What the gateway's own types start with; nobody else may use it.</summary>
    public const string GatewayPrefix = "q.gateway.";

    /// <summary>Whether only the gateway itself may make events of this type.</summary>
    public static bool IsReserved(string type) => type.StartsWith(GatewayPrefix, StringComparison.Ordinal);

    /// <summary>Whether the type has the form that modules of the ecosystem use.</summary>
    public static bool IsKnownForm(string type) => KnownForm().IsMatch(type);

    // \z and not $: a line feed at the end is not part of a name.
    [GeneratedRegex(@"\Aq(\.[a-z][a-z0-9_-]*){2,6}\.v[1-9][0-9]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KnownForm();
}
