using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Qrossing.Console.Endpoints;

/// <summary>CSS and icon, from the assembly. Their addresses name their content, so browsers keep them.</summary>
internal static class AssetEndpoints
{
    private static readonly FrozenDictionary<string, Asset> Assets = new[] { Load("console.css", "text/css"), Load("icon.svg", "image/svg+xml") }
        .ToFrozenDictionary(asset => asset.Name);

    public static void Map(IEndpointRouteBuilder console) => console.MapGet("/assets/{name}", Get);

    /// <summary>The address of an asset.</summary>
    public static string PathOf(string name) => $"{QrossingConsole.Root}/assets/{name}?v={Assets[name].Version}";

    private static IResult Get(string name, HttpContext http)
    {
        if (!Assets.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.MediaType);
    }

    private static Asset Load(string name, string mediaType)
    {
        using var resource = typeof(AssetEndpoints).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The asset '{name}' is not in the assembly.");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        var bytes = content.ToArray();
        return new Asset(name, mediaType, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
    }

    private sealed record Asset(string Name, string MediaType, byte[] Content, string Version);
}
