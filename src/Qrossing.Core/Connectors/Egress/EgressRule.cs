using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Qrossing.Core.Connectors.Egress;

/// <summary>One entry of the allow-list.</summary>
internal sealed record EgressRule
{
    private const int MaxPort = 65_535;

    private string? Host { get; init; }

    private IPNetwork? Block { get; init; }

    private int? Port { get; init; }

    /// <summary>Reads an entry; false when it is none of the five forms.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EgressRule? rule)
    {
        rule = Parse(text.Trim());
        return rule is not null;
    }

    /// <summary>Whether the entry allows calling <paramref name="host"/> at this address and port.</summary>
    public bool Allows(string host, int port, IPAddress address) =>
        (Port is null || Port == port)
        && (Block is { } block
            ? block.BaseAddress.AddressFamily == address.AddressFamily && block.Contains(address)
            : Host == EgressPolicy.Canonical(host));

    private static EgressRule? Parse(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(text, out var block) ? new EgressRule { Block = block } : null;
        }

        if (AddressOf(text) is { } address)
        {
            return new EgressRule { Block = Only(address) };
        }

        var colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            return IsHost(text) ? new EgressRule { Host = EgressPolicy.Canonical(text) } : null;
        }

        var host = text[..colon];
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > MaxPort)
        {
            return null;
        }

        return AddressOf(host) is { } only ? new EgressRule { Block = Only(only), Port = port }
            : IsHost(host) ? new EgressRule { Host = EgressPolicy.Canonical(host), Port = port }
            : null;
    }

    // "127.1" is an address to the parser and a name to a reader: only the full forms are taken.
    private static IPAddress? AddressOf(string text) =>
        IPAddress.TryParse(text.Trim('[', ']'), out var address) && (address.ToString() == text || text.Contains(':', StringComparison.Ordinal))
            ? SpecialPurposeAddresses.Plain(address)
            : null;

    private static IPNetwork Only(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);

    private static bool IsHost(string text) => Uri.CheckHostName(text) == UriHostNameType.Dns;
}
