using Qrossing.Sdk.Effects;
using Qrossing.Sdk.Events;
using Qrossing.Sdk.Gateway;
using Qrossing.Sdk.Objects;
using Qrossing.Sdk.Transport;
using Qrossing.Sdk.Webhooks;

namespace Qrossing.Sdk;

/// <summary>
/// A client of one gateway with one credential. Safe for use by many threads; keep it for the life of the program.
/// Every call throws <see cref="QrossingProblemException"/> when the gateway refuses, and <see cref="HttpRequestException"/> when nothing is known about the request.
/// </summary>
public sealed class QrossingClient : IDisposable
{
    private readonly HttpClient? _owned;

    /// <summary>A client with connections of its own. It has no time-out but the caller's cancellation token, since bodies of any size pass through it; connecting takes at most 15 seconds.</summary>
    /// <param name="baseUrl">The gateway's base URL, for example <c>http://127.0.0.1:5080</c>; a path in it is kept.</param>
    /// <param name="apiKey">The key sent as <c>X-Api-Key</c>; null calls what is open only.</param>
    public QrossingClient(Uri baseUrl, string? apiKey)
        : this(NewHttpClient(baseUrl), apiKey, owned: true)
    {
    }

    /// <summary>A client over connections of the caller's, which are not disposed with it. One <see cref="HttpClient"/> may serve many keys: the credential is set per request.</summary>
    /// <param name="http">Must have a <see cref="HttpClient.BaseAddress"/>, and must not resend requests by itself.</param>
    /// <param name="apiKey">The key sent as <c>X-Api-Key</c>; null calls what is open only.</param>
    /// <exception cref="ArgumentException">There is no base address.</exception>
    public QrossingClient(HttpClient http, string? apiKey)
        : this(http, apiKey, owned: false)
    {
    }

    private QrossingClient(HttpClient http, string? apiKey, bool owned)
    {
        ArgumentNullException.ThrowIfNull(http);
        _owned = owned ? http : null;
        var gateway = new GatewayHttp(http, apiKey);
        Audit = new AuditCalls(gateway);
        Connections = new ConnectionCalls(gateway);
        Deliveries = new DeliveryCalls(gateway);
        Effects = new EffectCalls(gateway);
        Events = new EventCalls(gateway, TimeProvider.System);
        Gateway = new GatewayCalls(gateway);
        Objects = new ObjectCalls(gateway);
        Receipts = new ReceiptCalls(gateway);
        Subscriptions = new SubscriptionCalls(gateway);
    }

    /// <summary>The transparency log.</summary>
    public AuditCalls Audit { get; }

    /// <summary>Configured connector instances.</summary>
    public ConnectionCalls Connections { get; }

    /// <summary>Events on their way to subscriptions.</summary>
    public DeliveryCalls Deliveries { get; }

    /// <summary>Intended changes in other systems, and what became of them.</summary>
    public EffectCalls Effects { get; }

    /// <summary>The event log.</summary>
    public EventCalls Events { get; }

    /// <summary>The gateway itself.</summary>
    public GatewayCalls Gateway { get; }

    /// <summary>Stored objects.</summary>
    public ObjectCalls Objects { get; }

    /// <summary>Receipts of effects.</summary>
    public ReceiptCalls Receipts { get; }

    /// <summary>Where events are sent.</summary>
    public SubscriptionCalls Subscriptions { get; }

    /// <summary>Closes connections of its own.</summary>
    public void Dispose() => _owned?.Dispose();

    private static HttpClient NewHttpClient(Uri baseUrl)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);

        // A redirect is never followed: it could carry the key to another host.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15), PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        return new HttpClient(handler) { BaseAddress = baseUrl, Timeout = Timeout.InfiniteTimeSpan };
    }
}
