using Microsoft.Extensions.DependencyInjection;

namespace Qrossing.Core.Events;

/// <summary>Registers the event log.</summary>
public static class EventRegistration
{
    /// <summary>The log's doors. Stores, the writer and the id generator come from other rooms.</summary>
    public static IServiceCollection AddQrossingEvents(this IServiceCollection services, EventOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new EventSource(options.Source));
        services.AddSingleton<GatewayEvents>();
        services.AddSingleton<EventLog>();
        services.AddSingleton<EventReader>();
        return services;
    }
}
