using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Qrossing.Core.Effects.Running;

/// <summary>Metrics and spans of the ledger.</summary>
public sealed class EffectTelemetry : IDisposable
{
    private static readonly ActivitySource Spans = new("Qrossing.Effects");
    private readonly Meter _meter = new("Qrossing.Effects");
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _corrections;
    private readonly Histogram<double> _duration;

    /// <summary>Makes the instruments.</summary>
    public EffectTelemetry()
    {
        _transitions = _meter.CreateCounter<long>("qrossing.effects.transitions", description: "Transitions by kind and phase entered.");
        _corrections = _meter.CreateCounter<long>("qrossing.effects.corrections", description: "Outcomes that were called certain and proved otherwise. Alert on any.");
        _duration = _meter.CreateHistogram<double>("qrossing.effects.duration", unit: "s", description: "From recorded to an ended outcome.");
    }

    /// <summary>Counts a transition. May count one twice when its unit runs again.</summary>
    internal void Entered(Effect effect, EffectState before)
    {
        _transitions.Add(1, new("kind", effect.Kind), new("phase", EffectText.Of(effect.State.Phase)));
        if (EffectTransitions.Corrects(before, effect.State))
        {
            _corrections.Add(1, new KeyValuePair<string, object?>("kind", effect.Kind));
        }

        if (effect.State.Ended && !before.Ended)
        {
            _duration.Record((effect.UpdatedAt - effect.CreatedAt).TotalSeconds, new("kind", effect.Kind), new("outcome", EffectText.Of(effect.State.Outcome)));
        }
    }

    /// <summary>A span for one step of an effect, in the trace of the request that made it.</summary>
    internal static Activity? Step(Effect effect, string step)
    {
        var activity = Activity.Current is not null || effect.TraceParent is null
            ? Spans.StartActivity($"effect {step}")
            : Spans.StartActivity($"effect {step}", ActivityKind.Internal, effect.TraceParent);
        activity?.SetTag("qrossing.effect.id", effect.Id.Text);
        activity?.SetTag("qrossing.effect.kind", effect.Kind);
        return activity;
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
