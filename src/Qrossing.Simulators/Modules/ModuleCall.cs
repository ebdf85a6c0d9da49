using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Qrossing.Simulators.Modules;

/// <summary>One request as a module's handler sees it.</summary>
internal sealed class ModuleCall(HttpContext context, JsonElement body, DateTimeOffset now)
{
    private static readonly JsonElement EmptyBody = JsonDocument.Parse("{}").RootElement.Clone();

    public JsonElement Body { get; } = body;

    public DateTimeOffset Now { get; } = now;

    public string RequestId { get; } = RandomIds.Uuid();

    public string Method => context.Request.Method;

    public string Path => RawPath(context);

    public string ClientIp => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    /// <summary>The path as sent, still percent-encoded, without the query.</summary>
    public static string RawPath(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.StartsWith('/') ? target.Split('?', 2)[0] : context.Request.Path.ToUriComponent();
    }

    /// <summary>A body the module does not read (none, or not JSON) counts as an empty object, as with the modules' body parsers.</summary>
    public static ModuleCall WithoutBody(HttpContext context, DateTimeOffset now) => new(context, EmptyBody, now);

    public string? Header(string name) => context.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;

    public string? Query(string name) => context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    public string Route(string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>The decoded last segment. ASP.NET leaves <c>%2F</c> encoded in route values, while the modules' frameworks hand it over as a slash.</summary>
    public string LastSegment() => Uri.UnescapeDataString(Path[(Path.LastIndexOf('/') + 1)..]);

    /// <summary>A whole number of the query within bounds; a violation otherwise.</summary>
    public int QueryNumber(string name, int fallback, int min, int max, List<Violation> violations)
    {
        if (Query(name) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        violations.Add(new Violation(name, $"must be a whole number from {min} to {max}", JsonSerializer.SerializeToElement(text, ModulesJson.Default.String)));
        return fallback;
    }
}
