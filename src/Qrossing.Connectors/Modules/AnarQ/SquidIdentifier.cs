using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Connectors.Modules.AnarQ;

/// <summary>
/// One identity in the three spellings that the modules use for it. sQuid issues bare UUIDs, Qonsent and DAO accept <c>did:squid:</c>
/// only, the header contract wants <c>squid_</c>; within <c>squid_</c> a UUID has no hyphens, because some modules want 32 characters there.
/// </summary>
internal readonly record struct SquidIdentifier
{
    private const int MaxLength = 64;
    private const string SquidPrefix = "squid_";
    private const string DidPrefix = "did:squid:";

    private SquidIdentifier(string core) => Core = core;

    /// <summary>What names the identity: a UUID in lower case with hyphens, or another name.</summary>
    public string Core { get; }

    /// <summary>Reads any of the spellings.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SquidIdentifier identifier)
    {
        identifier = default;
        if (text is null)
        {
            return false;
        }

        var core = text.StartsWith(DidPrefix, StringComparison.Ordinal) ? text[DidPrefix.Length..]
            : text.StartsWith(SquidPrefix, StringComparison.Ordinal) ? text[SquidPrefix.Length..]
            : text;
        if (core.Length is 0 or > MaxLength || !core.All(static unit => char.IsAsciiLetterOrDigit(unit) || unit is '_' or '-'))
        {
            return false;
        }

        identifier = new SquidIdentifier(TryUuid(core, out var uuid) ? uuid.ToString("D") : core);
        return true;
    }

    /// <summary>The spelling a module wants; null when the identity has none in it (a name that is no UUID, asked for as <c>uuid</c>).</summary>
    /// <param name="format"><c>uuid</c>, <c>squid_</c> or <c>did:squid:</c>.</param>
    public string? ToText(string format) => (format, TryUuid(Core, out var uuid)) switch
    {
        ("uuid", true) => Core,
        (SquidPrefix, true) => SquidPrefix + uuid.ToString("N"),
        (SquidPrefix, false) => SquidPrefix + Core,
        (DidPrefix, _) => DidPrefix + Core,
        _ => null,
    };

    private static bool TryUuid(string core, out Guid uuid) => Guid.TryParseExact(core, "D", out uuid) || Guid.TryParseExact(core, "N", out uuid);
}
