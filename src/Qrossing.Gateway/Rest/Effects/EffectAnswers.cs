using Microsoft.AspNetCore.Http;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest.Effects;

/// <summary>How a request that causes an effect is answered: the final answer as soon as there is one, else 202 with the effect.</summary>
internal static class EffectAnswers
{
    /// <summary>Marks the answer of an earlier request with the same key.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>The answer of a submission.</summary>
    public static Answer Of(GatewayCall call, Result<EffectAnswer> result)
    {
        if (!result.IsSuccess)
        {
            return result.Refusal;
        }

        var (effect, final, replayed) = result.Value;
        if (final is null)
        {
            return Pending(effect);
        }

        if (replayed)
        {
            call.Http.Response.Headers[ReplayedHeader] = "true";
        }

        return Answer.Bytes(final.Status, final.ContentType, final.Body, final.Location);
    }

    /// <summary>202: the effect goes on by itself.</summary>
    public static Answer Pending(Effect effect) => Answer.Of(StatusCodes.Status202Accepted, EffectView.Of(effect), $"/v1/effects/{effect.Id}");
}
