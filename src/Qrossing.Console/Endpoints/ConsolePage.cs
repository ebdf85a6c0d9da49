using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Qrossing.Console.Pages;
using Qrossing.Console.Sessions;
using Qrossing.Sdk;

namespace Qrossing.Console.Endpoints;

/// <summary>What all pages share: 1. who is signed in, 2. asking the gateway, 3. what it refuses, 4. the page.</summary>
internal sealed class ConsolePage(SessionCookie sessions, ConsoleGateway gateway, FormGuard forms, TimeProvider clock)
{
    /// <summary>A page of something that the gateway knows.</summary>
    /// <typeparam name="TPage">A component with the parameters <c>Frame</c> and <c>Model</c>.</typeparam>
    /// <param name="http">The request.</param>
    /// <param name="title">The page's title.</param>
    /// <param name="load">Asks the gateway for the model.</param>
    public async Task<IResult> ShowAsync<TPage>(HttpContext http, string title, Func<QrossingClient, Task<object>> load)
        where TPage : IComponent
    {
        if (sessions.Read(http) is not { } key)
        {
            return ToLogin(http, http.Request.Path + http.Request.QueryString);
        }

        using var client = gateway.For(key);
        return await AnsweredAsync(http, key, async () => Render<TPage>(FrameOf(http, title, key), await load(client)));
    }

    /// <summary>A POST that has the gateway do something, answered with a redirect.</summary>
    /// <param name="http">The request.</param>
    /// <param name="act">Has the gateway do it and returns the page to show then.</param>
    public async Task<IResult> ActAsync(HttpContext http, Func<QrossingClient, Task<string>> act)
    {
        if (sessions.Read(http) is not { } key)
        {
            return ToLogin(http, QrossingConsole.Root);
        }

        if (await forms.ReadAsync(http) is null)
        {
            return Failure(http, key, FormExpired());
        }

        using var client = gateway.For(key);
        return await AnsweredAsync(http, key, async () => Results.LocalRedirect(await act(client)));
    }

    /// <summary>A page whose model is there already.</summary>
    public IResult Show<TPage>(HttpContext http, string title, object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent => Render<TPage>(FrameOf(http, title, null), model, status);

    /// <summary>What a form that no page of ours made is answered with.</summary>
    public static QrossingProblemException FormExpired() => new()
    {
        Status = StatusCodes.Status400BadRequest,
        Code = "console.form_expired",
        Title = "The form is too old or was not made by this console. Go back, load the page again and repeat.",
    };

    /// <summary>What a gateway that does not answer is shown as.</summary>
    public static QrossingProblemException Unreachable() => new()
    {
        Status = StatusCodes.Status502BadGateway,
        Code = "console.gateway_unreachable",
        Title = "The gateway does not answer.",
    };

    private async Task<IResult> AnsweredAsync(HttpContext http, string key, Func<Task<IResult>> ask)
    {
        try
        {
            return await ask();
        }
        catch (QrossingProblemException refused) when (refused.Status == StatusCodes.Status401Unauthorized)
        {
            // The key was revoked or has expired since.
            sessions.Clear(http);
            return ToLogin(http, HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString : QrossingConsole.Root);
        }
        catch (QrossingProblemException refused)
        {
            return Failure(http, key, refused);
        }
        catch (Exception failed) when (IsUnreachable(failed, http))
        {
            return Failure(http, key, Unreachable());
        }
    }

    /// <summary>Whether the gateway did not answer, or not in time; not when the operator's browser went away.</summary>
    public static bool IsUnreachable(Exception failed, HttpContext http) =>
        failed is HttpRequestException || (failed is TaskCanceledException && !http.RequestAborted.IsCancellationRequested);

    private RazorComponentResult Failure(HttpContext http, string key, QrossingProblemException problem) =>
        Render<FailurePage>(FrameOf(http, "Refused", key), problem, problem.Status is >= 400 and < 600 ? problem.Status : StatusCodes.Status502BadGateway);

    private static IResult ToLogin(HttpContext http, string then) =>
        Results.LocalRedirect($"{http.Request.PathBase}{QrossingConsole.Root}/login?then={Uri.EscapeDataString(then)}");

    private Frame FrameOf(HttpContext http, string title, string? key)
    {
        var (field, token) = forms.Issue(http);
        return new Frame
        {
            Title = title,
            Path = http.Request.Path.Value ?? string.Empty,
            SignedInAs = key is null ? null : SessionCookie.Label(key),
            FormField = field,
            FormToken = token,
            Now = clock.GetUtcNow(),
        };
    }

    private static RazorComponentResult Render<TPage>(Frame frame, object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new(typeof(TPage), new Dictionary<string, object?> { ["Frame"] = frame, ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
