using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using Microsoft.Security.AntiSSRF;

namespace Qrossing.Core.Connectors.Egress;

/// <summary>
/// Which addresses are special-purpose (RFC 6890 and the IANA registries, cloud metadata included). The list is AntiSSRF's; the
/// library's own handler is not used because it cannot connect to exactly the address that it has checked under our allow-list.
/// </summary>
internal static class SpecialPurposeAddresses
{
    // IPv4-compatible IPv6 (::a.b.c.d, RFC 4291 section 2.5.5.1, deprecated) is in no registry, but some stacks still route it to the IPv4 address.
    private static readonly FrozenSet<IPNetwork> Blocks =
        IPAddressRanges.recommendedLatest.Append("::/96").Select(IPNetwork.Parse).ToFrozenSet();

    /// <summary>Whether the address lies in one of the blocks; an IPv4 address inside IPv6 is judged as what it stands for.</summary>
    public static bool Contain(IPAddress address)
    {
        var plain = Plain(address);
        foreach (var block in Blocks)
        {
            if (block.BaseAddress.AddressFamily == plain.AddressFamily && block.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The address without its IPv6 mapping and scope.</summary>
    public static IPAddress Plain(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };
}
