using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Connectors.Running;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Connectors;

/// <summary>Registers the connector host and the key ring.</summary>
public static class ConnectorRegistration
{
    /// <summary>
    /// Needs the stores, the writer, the event room, a <see cref="TimeProvider"/> and logging. The executable calls <see cref="KeyRing.OpenAsync"/> and then
    /// <see cref="ConnectionDirectory.LoadAsync"/> once the database is open.
    /// </summary>
    public static IServiceCollection AddQrossingConnectors(this IServiceCollection services, ConnectorHostOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdGenerator>();
        services.TryAddSingleton<IEgressResolver, DnsEgressResolver>();
        services.AddSingleton(provider => new EgressPolicy(options.Egress, provider.GetRequiredService<IEgressResolver>()));
        services.AddSingleton(_ => new ConnectorCatalog(options.Assemblies));
        services.AddSingleton(provider => new KeyRing(
            options.Secrets,
            options.DataDirectory,
            provider.GetRequiredService<IKeyStore>(),
            provider.GetRequiredService<IWriter>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KeyRing>>()));
        services.AddSingleton(provider => new ConnectorHost(
            provider.GetRequiredService<ConnectorCatalog>(),
            provider.GetRequiredService<EgressPolicy>(),
            options.Resilience,
            provider.GetRequiredService<KeyRing>(),
            new SecretPlaces(options.Secrets, options.DataDirectory, options.OwnSecrets, options.OwnFiles),
            options.DataDirectory,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ConnectionJournal>();
        services.AddSingleton<ConnectionUnits>();
        services.AddSingleton(provider => new ConnectionDirectory(
            provider.GetRequiredService<ConnectorHost>(),
            provider.GetRequiredService<ConnectionUnits>(),
            provider.GetRequiredService<ILogger<ConnectionDirectory>>()));
        services.AddSingleton<IPausesConnections>(provider => provider.GetRequiredService<ConnectionDirectory>());
        services.AddSingleton(provider => new ConnectorInvoker(provider.GetRequiredService<ConnectionDirectory>(), provider.GetRequiredService<ConnectorHost>()));
        services.AddSingleton<ConnectionProbe>();
        services.AddHostedService<ConnectionHealthWorker>();
        return services;
    }
}
