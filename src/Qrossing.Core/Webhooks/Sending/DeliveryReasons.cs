namespace Qrossing.Core.Webhooks.Sending;

/// <summary>Values of <see cref="Delivery.Reason"/>.</summary>
public static class DeliveryReasons
{
    /// <summary>The endpoint answered with another status than 2xx.</summary>
    public const string Refused = "deliveries.refused";

    /// <summary>The endpoint answered with a redirect, which is not followed.</summary>
    public const string Redirected = "deliveries.redirected";

    /// <summary>No answer in time.</summary>
    public const string TimedOut = "deliveries.timed_out";

    /// <summary>The host's name did not resolve.</summary>
    public const string NotResolved = "deliveries.not_resolved";

    /// <summary>No connection, or the egress rule forbids the address.</summary>
    public const string NotConnected = "deliveries.not_connected";

    /// <summary>TLS failed.</summary>
    public const string TlsFailed = "deliveries.tls_failed";

    /// <summary>The connection broke, or the answer was not HTTP.</summary>
    public const string Broken = "deliveries.broken";

    /// <summary>The event is no longer in the log.</summary>
    public const string EventGone = "deliveries.event_gone";

    /// <summary>The subscription's types changed and no longer match.</summary>
    public const string FilterChanged = "deliveries.filter_changed";

    /// <summary>The reason of a reply that is no success.</summary>
    internal static string Of(DeliveryReply reply) =>
        reply.Failure ?? (reply.Status is >= 300 and < 400 ? Redirected : Refused);
}
