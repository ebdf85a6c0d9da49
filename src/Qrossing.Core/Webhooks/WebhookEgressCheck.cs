using Qrossing.Core.Connectors;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Webhooks;

/// <summary>The gateway's one egress rule, asked for subscriptions.</summary>
internal sealed class WebhookEgressCheck(EgressPolicy policy) : IEgressCheck
{
    /// <inheritdoc/>
    public async ValueTask<Refusal?> CheckAsync(Uri url, CancellationToken cancellationToken) =>
        await policy.CheckAsync(url, cancellationToken) is null
            ? null
            : new Refusal(ConnectorErrors.EgressRefused, $"The host '{url.IdnHost}' is, or resolves to, a special-purpose address that Egress:Allow does not name.")
            {
                Errors = [new FieldError("/url", "egress", "The address is not allowed.")],
            };

    /// <inheritdoc/>
    public bool IsListed(Uri url) => policy.Lists(url);
}
