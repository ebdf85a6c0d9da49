using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Qrossing.Gateway.Rest;

namespace Qrossing.Gateway.Reference;

/// <summary>A small page without scripts and without requests to anywhere.</summary>
internal static class HtmlPage
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}code{font-family:ui-monospace,monospace}table{border-collapse:collapse}td,th{text-align:left;padding:.25rem 1rem .25rem 0;vertical-align:top}";

    /// <summary>Answers with a page; <paramref name="body"/> is HTML already.</summary>
    public static Answer Answer(HttpContext http, string title, string body)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        var html = $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(title)}</title><style>{Style}</style></head><body>{body}</body></html>";
        return Rest.Answer.Bytes(StatusCodes.Status200OK, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));
    }

    /// <summary>Text inside HTML.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
