using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Wire;

/// <summary>What an HTTP status says about the question whether the request took effect, where the peer documents nothing else.</summary>
internal static class StatusMeaning
{
    /// <summary>
    /// The kind of fault of a status that is no success. Only a status whose registered meaning excludes an effect is a refusal;
    /// 408, 3xx, 5xx and every status that nobody registered may have happened.
    /// </summary>
    public static FaultKind KindOf(int status) => status switch
    {
        400 or 405 or 406 or 411 or 413 or 414 or 415 or 416 or 417 or 422 or 431 => FaultKind.Invalid,
        401 or 407 => FaultKind.Unauthorized,
        404 or 410 => FaultKind.NotFound,
        402 or 403 or 409 or 412 or 421 or 423 or 424 or 425 or 426 or 428 or 451 => FaultKind.Rejected,
        429 => FaultKind.RateLimited,
        _ => FaultKind.Indeterminate,
    };
}
