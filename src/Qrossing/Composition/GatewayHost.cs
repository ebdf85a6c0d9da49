using Qrossing.Connectors;
using Qrossing.Core;
using Qrossing.Core.Audit;
using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Storage;
using Qrossing.Core.Webhooks;
using Qrossing.Data;
using Qrossing.Gateway;
using Qrossing.Gateway.Problems;

namespace Qrossing.Composition;

/// <summary>Puts the rooms together into one process.</summary>
internal static class GatewayHost
{
    /// <summary>The default listener: loopback only.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    public static WebApplication Build(QrossingOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        LogComposition.Configure(builder.Logging, options.Logging);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSingleton(new DatabaseClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(static provider => provider.GetRequiredService<DatabaseClock>());
        services.AddSingleton(new ErrorTable(ErrorRegistry.Collect(typeof(ErrorTable).Assembly, typeof(HttpErrors).Assembly)));
        services.AddSingleton(options);
        services.AddQrossingData(DatabasePassword.Open(options.Data));
        services.AddQrossingConnectors(new ConnectorHostOptions
        {
            Assemblies = [typeof(FirstPartyConnectors).Assembly],
            DataDirectory = options.Data.Directory,
            Egress = options.Egress,
            Resilience = options.Resilience,
            Secrets = options.Secrets,
            OwnSecrets = options.Data.Password is { } password ? [password] : [],
            OwnFiles = ConfigurationFiles.Paths,
        });
        services.AddSingleton<ManagedConnections>();
        services.AddQrossingEvents(options.Events);
        services.AddQrossingWebhooks(options.Webhooks);
        services.AddQrossingAudit(options.Audit);
        services.AddQrossingCore(new SpoolOptions(Path.Combine(options.Data.Directory, "spool")));
        services.AddQrossingGateway(options.Gateway, options.Telemetry.OtlpEndpoint);
        services.AddConsole(options.Data.Directory);

        return builder.Build();
    }
}
