namespace Qrossing.Core.Webhooks.Sending;

/// <summary>Posts one delivery to an endpoint under the egress rule. Follows no redirect and repeats nothing.</summary>
public interface IDeliveryTransport
{
    /// <summary>The endpoint's answer, or why there is none. Throws only when <paramref name="cancellationToken"/> ends it.</summary>
    ValueTask<DeliveryReply> PostAsync(
        Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
