using Microsoft.Extensions.DependencyInjection;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Chains;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Http;
using Qrossing.Core.Modules;
using Qrossing.Core.Secrets;
using Qrossing.Core.Storage;

namespace Qrossing.Core;

/// <summary>Registers the slices: access, storage, chains, modules. The rooms they stand on register themselves.</summary>
public static class CoreRegistration
{
    /// <summary>The slices and the effect ledger.</summary>
    /// <param name="services">The container.</param>
    /// <param name="spool">Where uploads are spooled.</param>
    public static IServiceCollection AddQrossingCore(this IServiceCollection services, SpoolOptions spool)
    {
        services.AddSingleton(spool);
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<ConnectionGate>();
        services.AddQrossingEffects();
        AddAccess(services);
        AddStorage(services);
        AddChains(services);
        AddModules(services);
        AddOperations(services);
        return services;
    }

    private static void AddModules(IServiceCollection services)
    {
        services.AddSingleton<IndexFollower>();
        services.AddSingleton<IEffectOperation, IndexPutOperation>();
        services.AddSingleton<IEffectOperation, ModuleCallOperation>();
        services.AddSingleton(provider => new ModuleCalls(
            provider.GetRequiredService<EffectLedger>(),
            provider.GetRequiredService<ConnectionGate>()));
    }

    private static void AddOperations(IServiceCollection services)
    {
        services.AddSingleton<OperationDirectory>();
        services.AddSingleton<IEffectOperation, HttpOperation>();
        services.AddSingleton(provider => new Operations(
            provider.GetRequiredService<EffectLedger>(),
            provider.GetRequiredService<OperationDirectory>(),
            provider.GetRequiredService<ConnectorInvoker>(),
            provider.GetRequiredService<ConnectionGate>()));
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddSingleton(provider => new ApiKeyHasher(provider.GetRequiredService<KeyRing>()));
        services.AddSingleton<ApiKeys>();
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.AddSingleton<Spool>();
        services.AddSingleton<DiskProbe>();
        services.AddSingleton<KeysInFlight>();
        services.AddSingleton<IEffectOperation, ObjectPutOperation>();
        services.AddHostedService<SpoolWorker>();
        services.AddSingleton(provider => new Objects(
            provider.GetRequiredService<EffectLedger>(),
            provider.GetRequiredService<KeysInFlight>(),
            provider.GetRequiredService<Spool>(),
            provider.GetRequiredService<IObjectStore>(),
            provider.GetRequiredService<ConnectorInvoker>(),
            provider.GetRequiredService<ConnectionGate>(),
            provider.GetRequiredService<IdGenerator>()));
    }

    private static void AddChains(IServiceCollection services)
    {
        services.AddSingleton<Wallets>();
        services.AddSingleton<ChainDirectory>();
        services.AddSingleton<IEffectOperation, TransactionOperation>();
        services.AddSingleton(provider => new Transactions(
            provider.GetRequiredService<EffectLedger>(),
            provider.GetRequiredService<IChainStore>(),
            provider.GetRequiredService<IEffectStore>(),
            provider.GetRequiredService<ChainDirectory>(),
            provider.GetRequiredService<ConnectionGate>(),
            provider.GetRequiredService<IdGenerator>()));
    }
}
