using System.ComponentModel.DataAnnotations;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>What the document does not say about an operation: how the API treats a repeat, and what its statuses mean for an effect.</summary>
internal sealed record OperationOptions
{
    /// <summary><c>key</c> (the API remembers <see cref="KeyHeader"/>), <c>content</c> (a repeat changes nothing), <c>natural</c> (the request names itself; look it up first), <c>none</c>. Default <c>none</c>: never repeated by the machine.</summary>
    public PeerIdempotency Idempotency { get; init; } = PeerIdempotency.None;

    /// <summary>Header that carries the effect's id with <c>key</c>. Default <c>Idempotency-Key</c>. A parameter of that name is filled by the gateway and not offered to callers.</summary>
    [RegularExpression("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}", MatchTimeoutInMilliseconds = 1000, ErrorMessage = "keyHeader is a header name.")]
    public string KeyHeader { get; init; } = "Idempotency-Key";

    /// <summary>How long the API remembers a key, in hours, 1 to 8,760. Default 24.</summary>
    [Range(1, 8_760)]
    public int WindowHours { get; init; } = 24;

    /// <summary>How long after the last possible sending the API may still carry a write out, or the lookup miss one that happened. 0 to 7 days. Default: the gateway's attempt time-out and 40 s, 60 s in all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? AbsenceHorizon { get; init; }

    /// <summary>How a write is found again. Default none: an unknown outcome stays unknown.</summary>
    public OperationLookupOptions? Lookup { get; init; }

    /// <summary>Statuses that mean "done". Default empty: every 2xx.</summary>
    public IReadOnlyList<int> Success { get; init; } = [];

    /// <summary>Statuses that the API's documentation says mean "not done", although their registered meaning leaves it open (a 503 before processing). Default empty.</summary>
    public IReadOnlyList<int> NotDone { get; init; } = [];

    /// <summary>Statuses that mean "taken, not done yet"; the lookup decides the rest. Default empty.</summary>
    public IReadOnlyList<int> Pending { get; init; } = [];
}
