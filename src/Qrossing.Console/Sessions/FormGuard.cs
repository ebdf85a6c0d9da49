using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Qrossing.Console.Sessions;

/// <summary>Forms against cross-site requests and oversize.</summary>
internal sealed class FormGuard(IAntiforgery antiforgery)
{
    private const long MaxBytes = 16 * 1024;

    /// <summary>The hidden field of this request's forms. Sets the cookie that belongs to it.</summary>
    public (string Name, string Value) Issue(HttpContext http)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return (tokens.FormFieldName, tokens.RequestToken ?? string.Empty);
    }

    /// <summary>The form of a POST; null when it was not made by a page of ours.</summary>
    public async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            await antiforgery.ValidateRequestAsync(http);
            return form;
        }
        catch (Exception refused) when (refused is AntiforgeryValidationException or BadHttpRequestException or InvalidDataException)
        {
            return null;
        }
    }
}
