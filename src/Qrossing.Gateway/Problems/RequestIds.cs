using Microsoft.AspNetCore.Http;
using Qrossing.Abstractions.Values;

namespace Qrossing.Gateway.Problems;

/// <summary>The <c>X-Request-Id</c> of a request: the caller's when it is 1 to 128 visible ASCII characters, else a new one. Every answer has it.</summary>
internal sealed class RequestIds(IdGenerator ids)
{
    /// <summary>The header.</summary>
    public const string Header = "X-Request-Id";

    /// <summary>Gives the request its id and promises it to the answer.</summary>
    public void Assign(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        var id = given.Length is > 0 and <= 128 && given.All(static c => c is > ' ' and <= '~') ? given : NewId();
        context.TraceIdentifier = id;
        context.Response.Headers[Header] = id;
    }

    /// <summary>The id given before.</summary>
    public static string Of(HttpContext context) => context.TraceIdentifier;

    private string NewId() => string.Concat("req_", ids.New<EventId>().Text.AsSpan(EventId.Prefix.Length));
}
