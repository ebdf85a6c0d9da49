using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        services.AddDataProtection().SetApplicationName("Qrossing").PersistKeysToFileSystem(KeyDirectory(options));
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
