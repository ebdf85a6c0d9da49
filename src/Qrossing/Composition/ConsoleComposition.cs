extern alias console;

using System.Net;
using console::Qrossing.Console;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Qrossing.Composition;

/// <summary>The operator's console: a client of this process's own API, over loopback.</summary>
internal static class ConsoleComposition
{
    private const string KeyFolder = "keys/console";

    public static void AddConsole(this IServiceCollection services, string dataDirectory) => services.AddQrossingConsole(new ConsoleOptions
    {
        BaseUrl = OwnUrl,
        KeyDirectory = Path.Combine(dataDirectory, KeyFolder),
    });

    public static void MapConsole(this IEndpointRouteBuilder endpoints) => endpoints.MapQrossingConsole();

    /// <summary>The first listener as reached from here: one for every address is reached on loopback.</summary>
    private static Uri OwnUrl(IServiceProvider services)
    {
        var addresses = services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var url = new Uri(addresses.First().Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal));
        if (!IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) || !(address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            return url;
        }

        var loopback = address.Equals(IPAddress.Any) ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        return new UriBuilder(url) { Host = loopback.ToString() }.Uri;
    }
}
