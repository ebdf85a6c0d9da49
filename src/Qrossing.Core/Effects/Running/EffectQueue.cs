using System.Threading.Channels;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects.Running;

/// <summary>Effects that are due now, for the worker. A hint: what does not fit is found in the database a moment later.</summary>
internal sealed class EffectQueue
{
    private readonly Channel<(TenantId Tenant, EffectId Id)> _due =
        Channel.CreateBounded<(TenantId, EffectId)>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What the worker reads.</summary>
    public ChannelReader<(TenantId Tenant, EffectId Id)> Due => _due.Reader;

    /// <summary>Offers one effect.</summary>
    public void Offer(TenantId tenant, EffectId id) => _due.Writer.TryWrite((tenant, id));

    /// <summary>Offers several.</summary>
    public void Offer(IEnumerable<Effect> effects)
    {
        foreach (var effect in effects)
        {
            Offer(effect.Tenant, effect.Id);
        }
    }
}
