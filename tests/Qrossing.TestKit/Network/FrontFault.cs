namespace Qrossing.TestKit.Network;

/// <summary>What a <see cref="JsonRpcFront"/> does with one request in place of passing it on and back.</summary>
public enum FrontFault
{
    /// <summary>Passes it on, then drops the connection.</summary>
    AppliesThenCloses,

    /// <summary>Drops the connection.</summary>
    Closes,

    /// <summary>Passes it on, then answers 200 with a page.</summary>
    AppliesThenHtml,

    /// <summary>Answers 200 with a page.</summary>
    Html,

    /// <summary>Answers 502 with a page.</summary>
    BadGateway,

    /// <summary>Answers 404 with a page.</summary>
    NotFound,

    /// <summary>Passes it on, and answers with the right result under another request's id.</summary>
    WrongId,

    /// <summary>Passes it on, and ends the reply in the middle.</summary>
    Truncated,

    /// <summary>Answers with neither result nor error.</summary>
    NoResult,

    /// <summary>Answers with a result of another shape.</summary>
    OtherShape,

    /// <summary>Answers with both a result and an error.</summary>
    ResultAndError,

    /// <summary>Passes it on, and never answers.</summary>
    NeverAnswers,

    /// <summary>Answers 503.</summary>
    Unavailable,

    /// <summary>Answers 429 with <c>Retry-After: 7</c>.</summary>
    RateLimits,

    /// <summary>Answers 401.</summary>
    Unauthorized,
}
