using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects;

/// <summary>Registers the effect ledger.</summary>
public static class EffectRegistration
{
    /// <summary>The ledger, its runner and its worker. Operations are registered by their slices as <see cref="IEffectOperation"/>.</summary>
    public static IServiceCollection AddQrossingEffects(this IServiceCollection services)
    {
        services.AddSingleton<EffectCatalog>();
        services.AddSingleton<EffectTelemetry>();
        services.AddSingleton<EffectWaiters>();
        services.AddSingleton<EffectQueue>();
        services.AddSingleton<SendingGate>();
        services.AddSingleton<EffectJournal>();
        services.AddSingleton<EffectRecorder>();
        services.AddSingleton<EffectRunner>();
        services.AddSingleton(provider => new EffectLedger(
            provider.GetRequiredService<EffectCatalog>(),
            provider.GetRequiredService<IEffectStore>(),
            provider.GetRequiredService<IWriter>(),
            provider.GetRequiredService<EffectJournal>(),
            provider.GetRequiredService<EffectRecorder>(),
            provider.GetRequiredService<EffectRunner>(),
            provider.GetRequiredService<EffectQueue>(),
            provider.GetRequiredService<EffectWaiters>(),
            provider.GetRequiredService<SendingGate>(),
            provider.GetRequiredService<IdGenerator>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None));
        services.AddHostedService<RestoreWorker>();
        services.AddHostedService<EffectWorker>();
        return services;
    }
}
