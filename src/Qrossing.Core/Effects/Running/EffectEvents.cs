using System.Buffers;
using System.Text.Json;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Events;

namespace Qrossing.Core.Effects.Running;

/// <summary>The events that tell of an effect's transitions: <c>q.gateway.effects.&lt;phase&gt;.v1</c>.</summary>
internal static class EffectEvents
{
    /// <summary>The event of a state that was entered.</summary>
    public static LogEvent Entered(Effect effect, EffectState before, EventId id, string source) =>
        Make(effect, TypeOf(effect.State.Phase), id.Text, source, json =>
        {
            json.WriteString("previousPhase", EffectText.Of(before.Phase));
        });

    /// <summary>The event that takes back what <paramref name="retracted"/> told.</summary>
    public static LogEvent Retracted(Effect effect, EffectState before, EventId id, LogEvent? retracted, bool corrected, string source) =>
        Make(effect, TypeOf(before.Phase) + ".retracted", id.Text, source, json =>
        {
            json.WriteString("previousPhase", EffectText.Of(before.Phase));
            json.WriteBoolean("corrected", corrected);
            if (retracted is not null)
            {
                json.WriteString("retracts", retracted.Id);
            }
        }, retracted?.Id);

    /// <summary>The type that tells of a phase.</summary>
    public static string TypeOf(EffectPhase phase) => $"q.gateway.effects.{EffectText.Of(phase)}.v1";

    private static LogEvent Make(Effect effect, string type, string id, string source, Action<Utf8JsonWriter> more, string? retracts = null) => new()
    {
        Tenant = effect.Tenant,
        Id = id,
        Source = source,
        Type = type,
        Subject = effect.Id.Text,
        Time = effect.UpdatedAt,
        DataContentType = "application/json",
        PartitionKey = effect.PartitionKey,
        EffectId = effect.Id,
        Extensions = Extensions(effect, retracts),
        Data = Data(effect, more),
    };

    private static byte[] Data(Effect effect, Action<Utf8JsonWriter> more)
    {
        var buffer = new ArrayBufferWriter<byte>(384);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("effectId", effect.Id.Text);
            json.WriteString("kind", effect.Kind);
            json.WriteString("connection", effect.Connection);
            json.WriteString("phase", EffectText.Of(effect.State.Phase));
            json.WriteString("outcome", EffectText.Of(effect.State.Outcome));
            if (effect.State.Finality is { } finality)
            {
                json.WriteString("finality", EffectText.Of(finality));
            }

            if (effect.Reason is not null)
            {
                json.WriteString("reason", effect.Reason);
            }

            if (effect.Parent is { } parent)
            {
                json.WriteString("parentEffectId", parent.Text);
            }

            more(json);
            json.WriteNumber("version", effect.Version);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[]? Extensions(Effect effect, string? retracts)
    {
        if (effect.TraceParent is null && retracts is null)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (effect.TraceParent is not null)
            {
                json.WriteString("traceparent", effect.TraceParent);
            }

            if (retracts is not null)
            {
                json.WriteString("retracts", retracts);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
