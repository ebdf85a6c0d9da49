using System.Globalization;
using System.Text.Json;
using Qrossing.Sdk.Effects;

namespace Qrossing.Console.Timeline;

/// <summary>Puts what a receipt shows into the order of time.</summary>
internal static class TimelineReader
{
    public static IReadOnlyList<TimelineItem> Read(Receipt receipt) =>
        [.. receipt.Entries.Select(Transition).OfType<TimelineItem>()
            .Concat(receipt.Attempts.Select(Call))
            .Concat(receipt.Events.Where(item => item.Time is not null).Select(Event))
            .Concat(receipt.Deliveries.Where(delivery => delivery.UpdatedAt is not null).Select(Delivery))
            .OrderBy(item => item.At)
            .ThenBy(item => item.Lane)];

    /// <summary>The entries that a checkpoint covers: its second line (C2SP tlog-checkpoint).</summary>
    public static string? TreeSize(string checkpoint) => checkpoint.Split('\n') is [_, { Length: > 0 } size, ..] ? size : null;

    private static TimelineItem? Transition(ReceiptEntry entry)
    {
        using var header = Parse(entry.Entry);
        if (header is null || Text(header.RootElement, "time") is not { } time
            || !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return null;
        }

        var action = Text(header.RootElement, "action") ?? "?";
        using var payload = Parse(entry.Payload);
        var details = new List<(string, string)> { ("log entry", entry.Leaf.ToString(CultureInfo.InvariantCulture)) };
        Add(details, "by", Text(header.RootElement, "actor"));
        Add(details, "request", Text(header.RootElement, "requestId"));
        if (payload is null)
        {
            details.Add(("content", entry.Payload is null ? "erased" : "unreadable"));
        }
        else
        {
            Describe(details, payload.RootElement);
        }

        // Actions of effects are named effects.<phase>.
        var word = action[(action.LastIndexOf('.') + 1)..];
        return new TimelineItem { Lane = TimelineLane.State, At = at, Text = action, Word = word, Details = details };
    }

    private static void Describe(List<(string, string)> details, JsonElement payload)
    {
        Add(details, "from", Text(payload, "from"));
        Add(details, "finality", Text(payload, "finality"));
        Add(details, "send by", Text(payload, "sendBy"));
        if (payload.TryGetProperty("corrected", out var corrected) && corrected.ValueKind == JsonValueKind.True)
        {
            details.Add(("corrected", "an outcome that was called certain"));
        }

        if (payload.TryGetProperty("evidence", out var evidence) && evidence.ValueKind == JsonValueKind.Object)
        {
            Add(details, "evidence", Text(evidence, "shows"));
            Add(details, "code", Text(evidence, "code"));
            Add(details, "peer's code", Text(evidence, "peerCode"));
            Add(details, "peer's reference", Text(evidence, "peerReference"));
            Add(details, "peer's request id", Text(evidence, "peerRequestId"));
        }
    }

    private static TimelineItem Call(EffectAttempt attempt)
    {
        var details = new List<(string, string)>();
        Add(details, "showed", attempt.Evidence ?? "no end known");
        Add(details, "code", attempt.Code);
        Add(details, "peer's code", attempt.PeerCode);
        Add(details, "peer's reference", attempt.PeerReference);
        Add(details, "peer's request id", attempt.PeerRequestId);
        return new TimelineItem
        {
            Lane = TimelineLane.Calls,
            At = attempt.StartedAt,
            Until = attempt.EndedAt,
            Text = $"{attempt.Kind} {attempt.Number.ToString(CultureInfo.InvariantCulture)}",
            Word = attempt.Evidence ?? EffectOutcomes.Unknown,
            Details = details,
        };
    }

    private static TimelineItem Event(Sdk.Events.CloudEvent item)
    {
        var details = new List<(string, string)> { ("id", item.Id) };
        Add(details, "position", item.Sequence);
        Add(details, "takes back", item.Retracts);
        return new TimelineItem { Lane = TimelineLane.Events, At = item.Time!.Value, Text = item.Type, Word = "event", Details = details };
    }

    private static TimelineItem Delivery(ReceiptDelivery delivery)
    {
        var details = new List<(string, string)> { ("id", delivery.Id), ("to", delivery.Subscription), ("sends", delivery.Attempts.ToString(CultureInfo.InvariantCulture)) };
        Add(details, "event", delivery.EventId);
        Add(details, "answer", delivery.ResponseStatus?.ToString(CultureInfo.InvariantCulture));
        Add(details, "reason", delivery.Reason);
        return new TimelineItem
        {
            Lane = TimelineLane.Deliveries,
            At = delivery.UpdatedAt!.Value,
            Text = $"delivery {delivery.Status}",
            Word = delivery.Status,
            Details = details,
        };
    }

    private static JsonDocument? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null; // Shown as unreadable.
        }
    }

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static void Add(List<(string, string)> details, string name, string? value)
    {
        if (value is not null)
        {
            details.Add((name, value));
        }
    }
}
