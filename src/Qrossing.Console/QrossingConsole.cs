using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Qrossing.Console.Endpoints;
using Qrossing.Console.Sessions;

namespace Qrossing.Console;

/// <summary>Adds the console to a host.</summary>
public static class QrossingConsole
{
    /// <summary>The path below which everything of the console lies.</summary>
    public const string Root = "/console";

    /// <summary>Registers what the console needs.</summary>
    public static IServiceCollection AddQrossingConsole(this IServiceCollection services, ConsoleOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddDataProtection().SetApplicationName("Qrossing");
        services.AddOptions<KeyManagementOptions>().Configure<ILoggerFactory>((keys, log) => keys.XmlRepository = new FileSystemXmlRepository(KeyDirectory(options), log));

        // It warns that these keys are not encrypted themselves: so it is, and README.md says so. They lie in a directory of mode 0700.
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "qrossing.console.form";
            antiforgery.Cookie.Path = Root;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddRazorComponents();
        services.AddSingleton<ConsoleGateway>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<FormGuard>();
        services.AddSingleton<ConsolePage>();
        return services;
    }

    /// <summary>Maps <c>/console</c>.</summary>
    public static IEndpointRouteBuilder MapQrossingConsole(this IEndpointRouteBuilder endpoints)
    {
        var console = endpoints.MapGroup(Root).ExcludeFromDescription().AddEndpointFilter<PageHeaders>();
        AssetEndpoints.Map(console);
        SessionEndpoints.Map(console);
        OverviewEndpoints.Map(console);
        EffectEndpoints.Map(console);
        DeliveryEndpoints.Map(console);
        return endpoints;
    }

    private static DirectoryInfo KeyDirectory(ConsoleOptions options) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(options.KeyDirectory)
        : Directory.CreateDirectory(options.KeyDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
