using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Chains;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Core.Storage;
using Qrossing.Core.Webhooks;
using Qrossing.Data.Backups;
using Qrossing.Data.PostgreSql;
using Qrossing.Data.Sql;
using Qrossing.Data.Sqlite;
using Qrossing.Data.Stores;
using Qrossing.Data.Writing;

namespace Qrossing.Data;

/// <summary>The data layer's registrations.</summary>
public static class DataRegistration
{
    /// <summary>
    /// Registers the database, the writer, <see cref="LogHead"/> and every store as singletons. <see cref="IAuditSealer"/>,
    /// <see cref="TimeProvider"/> and logging come from the other rooms.
    /// </summary>
    public static IServiceCollection AddQrossingData(this IServiceCollection services, DataOptions options)
    {
        services.TryAddSingleton<LogHead>();
        services.AddSingleton<SqlEngine>(provider => options.Engine == "postgresql"
            ? new PostgreSqlEngine(
                options.ConnectionString ?? throw new ArgumentException("PostgreSQL needs a connection string.", nameof(options)),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<DatabaseClock>(),
                provider.GetRequiredService<ILogger<PostgreSqlEngine>>())
            : new SqliteEngine(options.Directory));
        services.AddSingleton<SqlReads>();
        services.AddSingleton<Writer>();
        services.AddSingleton<IWriter>(static provider => provider.GetRequiredService<Writer>());
        services.AddSingleton<IDatabase, Database>();
        services.AddSingleton<IEffectStore, EffectStore>();
        services.AddSingleton<IEventStore, EventStore>();
        services.AddSingleton<ISubscriptionStore, SubscriptionStore>();
        services.AddSingleton<IApiKeyStore, ApiKeyStore>();
        services.AddSingleton<IConnectionStore, ConnectionStore>();
        services.AddSingleton<IObjectStore, ObjectStore>();
        services.AddSingleton<IChainStore, ChainStore>();
        services.AddSingleton<IKeyStore, KeyStore>();
        services.AddSingleton<IAuditStore, AuditStore>();
        services.AddSingleton(static provider => new Backup(provider.GetRequiredService<SqlEngine>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static provider => new Restore(
            provider.GetRequiredService<SqlEngine>(), provider.GetRequiredService<SqlReads>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
