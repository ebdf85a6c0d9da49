using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qrossing.Console.Pages;
using Qrossing.Console.Sessions;
using Qrossing.Sdk;
using Qrossing.Sdk.Effects;

namespace Qrossing.Console.Endpoints;

/// <summary>Signing in and out.</summary>
internal static class SessionEndpoints
{
    private const string Title = "Sign in";
    private static readonly Uri Anywhere = new("http://console.invalid/");

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/login", (HttpContext http, ConsolePage page, string? then) =>
            page.Show<LoginPage>(http, Title, new LoginModel { Then = Local(then) }));
        console.MapPost("/login", SignInAsync);
        console.MapPost("/logout", SignOutAsync);
    }

    private static async Task<IResult> SignInAsync(HttpContext http, ConsolePage page, FormGuard forms, SessionCookie sessions, ConsoleGateway gateway)
    {
        if (await forms.ReadAsync(http) is not { } form)
        {
            return Again(new LoginModel { Then = QrossingConsole.Root, Problem = ConsolePage.FormExpired() }, StatusCodes.Status400BadRequest);
        }

        var key = form["key"].ToString().Trim();
        var then = Local(form["then"]);
        if (!SessionCookie.IsApiKey(key))
        {
            return Again(new LoginModel { Then = then, Problem = NotAKey() }, StatusCodes.Status422UnprocessableEntity);
        }

        try
        {
            await CheckAsync(gateway, key, http.RequestAborted);
        }
        catch (QrossingProblemException refused)
        {
            return Again(new LoginModel { Then = then, Problem = refused }, refused.Status);
        }
        catch (Exception failed) when (ConsolePage.IsUnreachable(failed, http))
        {
            return Again(new LoginModel { Then = then, Problem = ConsolePage.Unreachable() }, StatusCodes.Status502BadGateway);
        }

        sessions.Write(http, key);
        return Results.LocalRedirect(then);

        IResult Again(LoginModel model, int status) => page.Show<LoginPage>(http, Title, model, status);
    }

    // A key that may not read effects is a key all the same.
    private static async Task CheckAsync(ConsoleGateway gateway, string key, CancellationToken cancellationToken)
    {
        using var client = gateway.For(key);
        try
        {
            await client.Effects.ListAsync(new EffectFilter { Limit = 1 }, cancellationToken);
        }
        catch (QrossingProblemException refused) when (refused.Status == StatusCodes.Status403Forbidden)
        {
        }
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, FormGuard forms, SessionCookie sessions)
    {
        if (await forms.ReadAsync(http) is not null)
        {
            sessions.Clear(http);
        }

        return Results.LocalRedirect($"{QrossingConsole.Root}/login");
    }

    /// <summary>Where to go after signing in: a page of the console, whatever the link said.</summary>
    private static string Local(string? then)
    {
        // Judged as a browser reads it: dot segments, also encoded ones, lead out of the console.
        if (then is null || !then.StartsWith('/') || then.Any(static c => char.IsControl(c) || c == '\\') || then.Contains("%2e", StringComparison.OrdinalIgnoreCase)
            || !Uri.TryCreate(Anywhere, then, out var target) || target.Authority != Anywhere.Authority)
        {
            return QrossingConsole.Root;
        }

        return target.AbsolutePath == QrossingConsole.Root || target.AbsolutePath.StartsWith(QrossingConsole.Root + "/", StringComparison.Ordinal)
            ? target.PathAndQuery
            : QrossingConsole.Root;
    }

    private static QrossingProblemException NotAKey() => new()
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Code = "console.not_a_key",
        Title = "This is not an API key: it has the form qk_environment_id_secret.",
    };
}
