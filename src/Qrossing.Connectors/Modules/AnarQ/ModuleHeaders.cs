using System.Buffers;
using System.Collections.Frozen;

namespace Qrossing.Connectors.Modules.AnarQ;

/// <summary>The headers of the modules' contract, and which of a caller's own go along.</summary>
internal static class ModuleHeaders
{
    public const string SquidId = "x-squid-id";
    public const string SubId = "x-subid";
    public const string Timestamp = "x-ts";
    public const string ApiVersion = "x-api-version";
    public const string CorrelationId = "x-correlation-id";

    /// <summary>The version every module accepts.</summary>
    public const string DefaultApiVersion = "v1";

    private static readonly SearchValues<char> Values = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static unit => (char)unit), '\t']);

    /// <summary>What a signature of ours covers or carries, so that a caller cannot set it beside one.</summary>
    private static readonly FrozenSet<string> Signed =
        FrozenSet.ToFrozenSet([SquidId, SubId, Timestamp, "x-sig", "x-message"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Of one hop (RFC 9110 section 7.6.1), of the message's framing, or a credential for the gateway and nobody else.</summary>
    private static readonly FrozenSet<string> NeverForwarded = FrozenSet.ToFrozenSet(
        [
            "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect",
            "host", "content-length",
            "authorization", "proxy-authorization", "cookie", "x-api-key",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static bool MayForward(string name, bool signing) => !NeverForwarded.Contains(name) && !(signing && Signed.Contains(name));

    /// <summary>Visible ASCII, space and tab: what every server reads the same way (RFC 9110 section 5.5).</summary>
    public static bool IsValue(string value) => value.AsSpan().IndexOfAnyExcept(Values) < 0;
}
