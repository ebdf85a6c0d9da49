using Qrossing.Core.Errors;

namespace Qrossing.Core.Webhooks;

/// <summary>Asks the gateway's egress rule about a URL when it is configured. The rule holds again at every connect.</summary>
public interface IEgressCheck
{
    /// <summary>Null when the gateway may call the URL; <c>egress.refused</c> otherwise.</summary>
    ValueTask<Refusal?> CheckAsync(Uri url, CancellationToken cancellationToken);

    /// <summary>Whether the operator named the URL's host in <c>Egress:Allow</c>; only then may it be plain HTTP.</summary>
    bool IsListed(Uri url);
}
