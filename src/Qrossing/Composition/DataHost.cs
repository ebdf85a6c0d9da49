using Qrossing.Core.Audit;
using Qrossing.Core.Connectors;
using Qrossing.Core.Persistence;
using Qrossing.Data;

namespace Qrossing.Composition;

/// <summary>Database, key ring and audit without the gateway, for verbs that work on the data without serving. Nothing is started.</summary>
internal static class DataHost
{
    public static ServiceProvider Build(QrossingOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new DatabaseClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(static provider => provider.GetRequiredService<DatabaseClock>());
        services.AddLogging(logging => LogComposition.Configure(logging, options.Logging));
        services.AddQrossingData(DatabasePassword.Open(options.Data));
        services.AddQrossingConnectors(new ConnectorHostOptions { Assemblies = [], DataDirectory = options.Data.Directory, Secrets = options.Secrets });
        services.AddQrossingAudit(options.Audit);
        return services.BuildServiceProvider();
    }
}
