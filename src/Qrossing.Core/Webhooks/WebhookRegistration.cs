using Microsoft.Extensions.DependencyInjection;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Webhooks.Sending;

namespace Qrossing.Core.Webhooks;

/// <summary>Registers subscriptions and the delivery engine.</summary>
public static class WebhookRegistration
{
    /// <summary>
    /// What callers use, and the engine as a hosted service. Needs the connector host (egress) and the key ring.
    /// </summary>
    public static IServiceCollection AddQrossingWebhooks(this IServiceCollection services, WebhookOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IEgressCheck, WebhookEgressCheck>();
        services.AddSingleton<IWebhookSecrets, WebhookSecretRing>();
        services.AddSingleton<IDeliveryTransport>(provider => new HttpDeliveryTransport(
            provider.GetRequiredService<EgressPolicy>().CreateHandler(options.Timeout),
            options,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SubscriptionSignal>();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<Deliveries>();
        services.AddHostedService<DeliveryWorker>();
        return services;
    }
}
