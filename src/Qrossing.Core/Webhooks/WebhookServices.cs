using Microsoft.Extensions.DependencyInjection;
using Qrossing.Core.Webhooks.Sending;

namespace Qrossing.Core.Webhooks;

/// <summary>Registers subscriptions and the delivery engine.</summary>
public static class WebhookServices
{
    /// <summary>
    /// What callers use, and the engine as a hosted service. <see cref="IEgressCheck"/>, <see cref="IWebhookSecrets"/> and
    /// <see cref="IDeliveryTransport"/> come from the connector host and the key ring.
    /// </summary>
    public static IServiceCollection AddQrossingWebhooks(this IServiceCollection services, WebhookOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SubscriptionSignal>();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<Deliveries>();
        services.AddHostedService<DeliveryWorker>();
        return services;
    }
}
