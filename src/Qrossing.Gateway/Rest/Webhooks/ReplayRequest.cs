namespace Qrossing.Gateway.Rest.Webhooks;

/// <summary>A range of the log to send again.</summary>
internal sealed record ReplayRequest
{
    /// <summary>First position, from 1.</summary>
    public required long From { get; init; }

    /// <summary>Last position; default up to where the subscription stands.</summary>
    public long? To { get; init; }
}
