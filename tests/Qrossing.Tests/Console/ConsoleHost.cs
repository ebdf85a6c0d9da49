extern alias console;

using System.Net;
using console::Qrossing.Console;
using console::Qrossing.Console.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Qrossing.TestKit.Processes;
using Qrossing.Tests.Sdk;

namespace Qrossing.Tests.OperatorConsole;

/// <summary>The console on loopback before a peer in the contract's form, and a browser without scripts: cookies, no redirects.</summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;
    private readonly WebApplication _application;

    private ConsoleHost(WebApplication application, ContractPeer peer, LoggedWarnings warnings, TemporaryFolder? folder)
    {
        Warnings = warnings.All;
        _application = application;
        _folder = folder;
        Peer = peer;
        BaseUrl = new Uri(application.Urls.Single());
        Browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = BaseUrl };
    }

    public ContractPeer Peer { get; }

    /// <summary>What it logged as a warning or worse.</summary>
    public IReadOnlyCollection<string> Warnings { get; }

    public Uri BaseUrl { get; }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Browser { get; }

    public static async Task<ConsoleHost> StartAsync(string? keyDirectory = null)
    {
        var folder = keyDirectory is null ? new TemporaryFolder("console") : null;
        var peer = await ContractPeer.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        var warnings = new LoggedWarnings();
        builder.Logging.ClearProviders().AddProvider(warnings);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddQrossingConsole(new ConsoleOptions { BaseUrl = _ => peer.BaseUrl, KeyDirectory = keyDirectory ?? Path.Combine(folder!.Path, "keys") });
        var application = builder.Build();
        application.MapQrossingConsole();

        // For a browser that cannot fill in a form: signs in and goes on.
        application.MapGet("/console/test-sign-in", (HttpContext http, SessionCookie sessions, string then) =>
        {
            sessions.Write(http, ContractPeer.Key);
            return Results.Redirect(then);
        });
        await application.StartAsync();
        return new ConsoleHost(application, peer, warnings, folder);
    }

    /// <summary>Signs in as a person would: by the form.</summary>
    public async Task SignInAsync()
    {
        using var answer = await PostAsync("/console/login", "/console/login", ("key", ContractPeer.Key), ("then", "/console"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <summary>Loads a page and sends one of its forms.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await Browser.GetStringAsync(page);
        var token = FormToken(html);
        using var form = new FormUrlEncodedContent(fields.Append(token).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await Browser.PostAsync(action, form);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _application.DisposeAsync();
        await Peer.DisposeAsync();
        _folder?.Dispose();
    }

    private static (string Name, string Value) FormToken(string html)
    {
        const string Field = "<input type=\"hidden\" name=\"__RequestVerificationToken\" value=\"";
        var start = html.IndexOf(Field, StringComparison.Ordinal) + Field.Length;
        Assert.True(start > Field.Length, "The page has no form token.");
        return ("__RequestVerificationToken", html[start..html.IndexOf('"', start)]);
    }
}
