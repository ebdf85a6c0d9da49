using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;

namespace Qrossing.Composition;

/// <summary>
/// The order in which a gateway starts: 1. schema, 2. ownership of the database, 3. key ring, 4. connections, 5. administrator key; only then does it listen.
/// Whatever is wrong stops the start with a sentence.
/// </summary>
internal static class GatewayStart
{
    /// <summary>Gives the administrator key instead of having one made.</summary>
    public const string AdministratorKeyVariable = "QROSSING_ADMIN_KEY";

    public static async Task PrepareAsync(IServiceProvider services, QrossingOptions options, CancellationToken cancellationToken)
    {
        if (File.Exists(new BackupPlaces(options).RestoreMark))
        {
            throw new ConfigurationException($"A restore into {options.Data.Directory} was cut short. Run 'qrossing restore' again.");
        }

        var database = services.GetRequiredService<IDatabase>();
        if (options.Data.Engine == "sqlite")
        {
            await database.MigrateAsync(cancellationToken);
        }
        else if (await database.CheckSchemaAsync(cancellationToken) is { } outdated)
        {
            throw new ConfigurationException($"{outdated} Run 'qrossing migrate' first: the gateway does not change a PostgreSQL schema by itself.");
        }

        await database.OpenAsync(cancellationToken);
        await services.GetRequiredService<KeyRing>().OpenAsync(cancellationToken);
        await services.GetRequiredService<ConnectionDirectory>().LoadAsync(cancellationToken);
        await services.GetRequiredService<ManagedConnections>().ApplyAsync(options.Modules, cancellationToken);
        var given = Environment.GetEnvironmentVariable(AdministratorKeyVariable);
        if (await services.GetRequiredService<ApiKeys>().EnsureAdministratorAsync(string.IsNullOrEmpty(given) ? null : given, cancellationToken) is { } key)
        {
            Console.WriteLine($"Administrator key (shown this once): {key.Text}");
        }
    }

    public static Task AnnounceAsync(WebApplication app, CancellationToken cancellationToken)
    {
        app.Services.GetRequiredService<IDatabase>().OwnershipLost.Register(() => app.Lifetime.StopApplication());
        foreach (var url in app.Urls)
        {
            Console.WriteLine($"Qrossing listens on {url}");
            Console.WriteLine($"Reference page: {url}/docs");
        }

        return Console.Out.FlushAsync(cancellationToken);
    }

    public static Task CloseAsync(IServiceProvider services) => services.GetRequiredService<IDatabase>().CloseAsync(CancellationToken.None);

    public static bool LostOwnership(IServiceProvider services) => services.GetRequiredService<IDatabase>().OwnershipLost.IsCancellationRequested;
}
