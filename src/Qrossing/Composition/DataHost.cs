using Qrossing.Core.Audit;
using Qrossing.Core.Connectors;
using Qrossing.Data;

namespace Qrossing.Composition;

/// <summary>Database, key ring and audit without the gateway, for verbs that work on the data without serving. Nothing is started.</summary>
internal static class DataHost
{
    public static ServiceProvider Build(QrossingOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(logging => LogComposition.Configure(logging, options.Logging));
        services.AddQrossingData(DatabasePassword.Open(options.Data));
        services.AddQrossingConnectors(new ConnectorHostOptions { Assemblies = [], DataDirectory = options.Data.Directory, Secrets = options.Secrets });
        services.AddQrossingAudit(options.Audit);
        return services.BuildServiceProvider();
    }
}
