using System.Net;
using System.Net.Sockets;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors.Egress;

/// <summary>
/// The one rule for everything the gateway calls: an address that is, or resolves to, a special-purpose block needs an entry in
/// <see cref="EgressOptions.Allow"/>. Checked when a connection is configured and at every connect, where the socket goes to the very
/// address that was checked: a name that changes its answer in between gains nothing.
/// </summary>
public sealed class EgressPolicy : IConnectorEgress
{
    // Below the five seconds after which a common server closes an idle connection: a write on a connection that the peer is just
    // closing would end as "may have happened".
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private const int MaxReplyHeadersKilobytes = 64;

    private readonly IReadOnlyList<EgressRule> _rules;
    private readonly IEgressResolver _resolver;

    /// <summary>Reads the allow-list.</summary>
    /// <exception cref="FormatException">Entries that are neither host, address nor block; all of them are named. The configuration is checked before.</exception>
    public EgressPolicy(EgressOptions options, IEgressResolver resolver)
    {
        var wrong = options.Allow.Where(entry => !EgressRule.TryParse(entry, out _)).ToList();
        if (wrong.Count > 0)
        {
            throw new FormatException($"Egress:Allow has entries that are neither host, host:port, address nor CIDR block: {string.Join(", ", wrong)}.");
        }

        _rules = [.. options.Allow.Select(entry => EgressRule.TryParse(entry, out var rule) ? rule : throw new FormatException(entry))];
        _resolver = resolver;
    }

    /// <summary>The decision about one address. Pure.</summary>
    public bool Allows(string host, int port, IPAddress address)
    {
        var plain = SpecialPurposeAddresses.Plain(address);
        return !SpecialPurposeAddresses.Contain(plain) || _rules.Any(rule => rule.Allows(host, port, plain));
    }

    /// <summary>Whether the operator named the URL's host, by name or address.</summary>
    public bool Lists(Uri url) => IPAddress.TryParse(url.IdnHost, out var literal)
        ? _rules.Any(rule => rule.Allows(url.IdnHost, url.Port, SpecialPurposeAddresses.Plain(literal)))
        : _rules.Any(rule => rule.Names(url.IdnHost, url.Port));

    /// <summary>Checks a URL when it is configured. Null when it may be called; a name that does not resolve now may, since it is checked again at every connect.</summary>
    public async ValueTask<Fault?> CheckAsync(Uri url, CancellationToken cancellationToken)
    {
        var port = url.Port < 0 ? 0 : url.Port;
        return Refusal(url.IdnHost, port, await AddressesAsync(url.IdnHost, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectorResult<IPEndPoint>> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(host, cancellationToken);
        if (Refusal(host, port, addresses) is { } refusal)
        {
            return refusal;
        }

        return addresses.Count == 0
            ? Fault.Of(FaultKind.Unavailable, ConnectorErrors.EgressUnresolved.Code, host)
            : new IPEndPoint(addresses[0], port);
    }

    /// <summary>
    /// A handler that obeys the rule, for an instance, a proxy route or a delivery lane: no redirects, no cookies, no proxy, bounded headers,
    /// no trace propagation of its own. The caller disposes it.
    /// </summary>
    public SocketsHttpHandler CreateHandler(TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = connectTimeout,
        PooledConnectionIdleTimeout = IdleLimit,
        PooledConnectionLifetime = ConnectionLifetime,
        MaxResponseHeadersLength = MaxReplyHeadersKilobytes,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (context, cancellationToken) =>
            await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken),
    };

    /// <summary>The form in which host names are compared.</summary>
    internal static string Canonical(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();

    private async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(host, cancellationToken);
        if (Refusal(host, port, addresses) is { } refusal)
        {
            throw new PeerNotCalledException(refusal);
        }

        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException failure)
            {
                socket.Dispose();
                last = failure;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private async ValueTask<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var literal) ? [literal] : await _resolver.ResolveAsync(Canonical(host), cancellationToken);

    // One forbidden address refuses the name: whoever answers for it must not be able to mix.
    private Fault? Refusal(string host, int port, IReadOnlyList<IPAddress> addresses) =>
        addresses.FirstOrDefault(address => !Allows(host, port, address)) is { } refused
            ? Fault.Of(FaultKind.Unavailable, ConnectorErrors.EgressRefused.Code, $"{host} resolves to {refused}, a special-purpose address that Egress:Allow does not name.")
            : null;
}
