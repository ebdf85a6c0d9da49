using System.Text.Json;

namespace Qrossing.Simulators.Modules.Qonsent;

/// <summary>The outcome of one permission check and what decided it.</summary>
internal sealed record QonsentVerdict(bool Allowed, string Reason, string Source)
{
    public static readonly QonsentVerdict Denied = new(false, "No grant and no policy allows this.", "deny-by-default");

    public string? PolicyId { get; init; }

    public string? PolicyName { get; init; }

    public string? PolicyType { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public JsonElement? Conditions { get; init; }
}
