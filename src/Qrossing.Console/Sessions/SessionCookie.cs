using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Qrossing.Console.Sessions;

/// <summary>Who is signed in: the operator's API key in an encrypted cookie. Nothing of a session is kept on the server.</summary>
internal sealed partial class SessionCookie(IDataProtectionProvider protection, ConsoleOptions options)
{
    public const string Name = "qrossing.console";

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Qrossing.Console.Session.v1").ToTimeLimitedDataProtector();

    /// <summary>The key of this request's session; null without one, or when it ended.</summary>
    public string? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null; // Ended, or encrypted with keys that are gone: signing in again is the answer to both.
        }
    }

    public void Write(HttpContext http, string apiKey) =>
        http.Response.Cookies.Append(Name, _protector.Protect(apiKey, options.SessionLifetime), Attributes(http));

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Attributes(http));

    /// <summary>Whether a text has the form of an API key (contract, Credentials).</summary>
    public static bool IsApiKey(string text) => ApiKey().IsMatch(text);

    /// <summary>Environment and id of a key: what may be shown of it.</summary>
    public static string Label(string apiKey) => apiKey.Split('_') is [_, var environment, var id, _] ? $"{environment}/{id}" : string.Empty;

    private static CookieOptions Attributes(HttpContext http) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = QrossingConsole.Root,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
    };

    [GeneratedRegex(@"\Aqk_[a-z0-9]{1,16}_[A-Za-z0-9]{4,32}_[A-Za-z0-9]{20,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ApiKey();
}
