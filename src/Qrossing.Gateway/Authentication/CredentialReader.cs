using Microsoft.AspNetCore.Http;
using Qrossing.Core.Access;

namespace Qrossing.Gateway.Authentication;

/// <summary>
/// Finds out who calls. API keys come as <c>X-Api-Key</c> or as a bearer token; both at once must be the same. Further ways in (JWT, OAuth, client
/// certificate) take their place in this list.
/// </summary>
internal sealed class CredentialReader(ApiKeys keys)
{
    private const string Bearer = "Bearer ";

    /// <summary>The caller; null when there is no credential or it is not valid now.</summary>
    public ValueTask<Caller?> AuthenticateAsync(HttpContext http)
    {
        var header = http.Request.Headers["X-Api-Key"];
        var authorization = http.Request.Headers.Authorization;
        if (header.Count > 1 || authorization.Count > 1)
        {
            return ValueTask.FromResult<Caller?>(null); // two credentials: nobody can say which one was meant
        }

        var fromHeader = header.ToString();
        var fromBearer = authorization.ToString() is var text && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim() : string.Empty;
        if (fromHeader.Length > 0 && fromBearer.Length > 0 && fromHeader != fromBearer)
        {
            return ValueTask.FromResult<Caller?>(null);
        }

        return keys.AuthenticateAsync(fromHeader.Length > 0 ? fromHeader : fromBearer, http.RequestAborted);
    }
}
