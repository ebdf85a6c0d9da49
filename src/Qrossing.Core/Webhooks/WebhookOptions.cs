using System.ComponentModel.DataAnnotations;

namespace Qrossing.Core.Webhooks;

/// <summary>The section <c>Webhooks</c>. Read once at start.</summary>
public sealed record WebhookOptions
{
    /// <summary>How long an endpoint may take to answer one delivery. Default 15 s, 1 s to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many deliveries of one subscription are under way at once, each of another partition key. Default 8, 1 to 64.</summary>
    [Range(1, 64)]
    public int Parallel { get; init; } = 8;

    /// <summary>The upper bound of the first wait after a failure; it doubles with every further one. Default 5 s, 100 ms to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two attempts, unless the endpoint's <c>Retry-After</c> asks for more. Default 1 h, 1 s to 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long after its first attempt a delivery is given up (dead letter). Default 72 h, 1 min to 30 d.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(72);

    /// <summary>How long an endpoint may fail without one success before its subscription is disabled. Default 5 d, 1 h to 90 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>How long both secrets sign after a rotation. Default 24 h, 0 to 30 d.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan OldSecretLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a stopping process waits for answers that are under way. Default 5 s, 0 to 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);
}
