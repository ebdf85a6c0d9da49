using System.Text;

namespace Qrossing.Core.Connectors.Egress;

/// <summary>
/// The form of a host that is configured. Only ASCII: what other letters and digits are mapped to is decided by whoever resolves the name (IDNA, RFC 5890),
/// and "\uff11\uff12\uff17.0.0.1" must not become an address after the check.
/// </summary>
public static class HostForm
{
    /// <summary>Why the URL's host or port is refused; null when it is not.</summary>
    public static string? Wrong(Uri url) =>
        !Ascii.IsValid(url.Host) || (url.HostNameType != UriHostNameType.IPv6 && url.Host.Contains('%', StringComparison.Ordinal))
            ? "The host must be ASCII: an internationalised name in its 'xn--' form, an address in ASCII digits."
            : url.Port == 0 ? "The port must not be 0."
            : null;
}
