using System.Buffers;
using System.Text.Json;
using Qrossing.Core.Effects;

namespace Qrossing.Core.Chains;

/// <summary>A transaction as callers see it.</summary>
internal static class TransactionView
{
    /// <summary>The JSON of a transaction and its effect.</summary>
    public static byte[] Write(TransactionRequest request, Effect effect)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", request.TransactionId);
            json.WriteString("effectId", effect.Id.Text);
            json.WriteString("chain", request.Chain);
            json.WriteString("wallet", request.WalletId);
            json.WriteString("to", request.To);
            json.WriteString("value", request.Value);
            if (request.Purpose is not null)
            {
                json.WriteString("purpose", request.Purpose);
            }

            json.WriteString("outcome", EffectText.Of(effect.State.Outcome));
            if (effect.State.Finality is { } finality)
            {
                json.WriteString("finality", EffectText.Of(finality));
            }

            if (effect.Prepared is not null)
            {
                var prepared = TransactionOperation.Prepared(effect);
                json.WriteString("from", prepared.From);
                json.WriteNumber("nonce", prepared.Nonce);
                json.WriteString("hash", prepared.Hash);
            }

            if (effect.Result is { } result)
            {
                json.WritePropertyName("status");
                json.WriteRawValue(result.Span);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
