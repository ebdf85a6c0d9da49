using System.Net.Http.Headers;

namespace Qrossing.Abstractions.Connectors;

/// <summary>A peer's whole reply.</summary>
public sealed class PeerReply
{
    /// <summary>Takes status and headers from <paramref name="response"/>, which may be disposed afterwards.</summary>
    public PeerReply(HttpResponseMessage response, byte[] body)
    {
        Status = (int)response.StatusCode;
        Headers = response.Headers;
        ContentType = response.Content.Headers.ContentType?.ToString();
        Body = body;
    }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>2xx.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Headers.</summary>
    public HttpResponseHeaders Headers { get; }

    /// <summary>Content type with its parameters.</summary>
    public string? ContentType { get; }

    /// <summary>The body, at most <see cref="ConnectorHttp.MaxReplyBytes"/>.</summary>
    public byte[] Body { get; }

    /// <summary>The wait that <c>Retry-After</c> asks for (RFC 9110 section 10.2.3), never negative.</summary>
    public TimeSpan? RetryAfter(TimeProvider clock)
    {
        var wait = Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
