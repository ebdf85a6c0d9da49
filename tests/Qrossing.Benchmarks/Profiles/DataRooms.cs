using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Audit;
using Qrossing.Core.Effects;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Data;

namespace Qrossing.Benchmarks.Profiles;

/// <summary>Data, key ring and audit in this process, for what HTTP would hide or make slow.</summary>
internal sealed class DataRooms(ServiceProvider services)
{
    public IWriter Writer { get; } = services.GetRequiredService<IWriter>();

    public IEffectStore Effects { get; } = services.GetRequiredService<IEffectStore>();

    /// <summary>Migrated, owned, the key ring open.</summary>
    public static async Task<ServiceProvider> OpenAsync(string directory, Action<IServiceCollection>? change = null)
    {
        var rooms = new ServiceCollection()
            .AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Error))
            .AddSingleton(TimeProvider.System)
            .AddQrossingData(new DataOptions { Directory = directory })
            .AddQrossingAudit(new AuditOptions())
            .AddSingleton(provider => new KeyRing(
                new SecretsOptions(),
                directory,
                provider.GetRequiredService<IKeyStore>(),
                provider.GetRequiredService<IWriter>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<KeyRing>>()));
        change?.Invoke(rooms);
        var services = rooms.BuildServiceProvider();
        var database = services.GetRequiredService<IDatabase>();
        await database.MigrateAsync(CancellationToken.None);
        await database.OpenAsync(CancellationToken.None);
        await services.GetRequiredService<KeyRing>().OpenAsync(CancellationToken.None);
        return services;
    }
}
