using Microsoft.Extensions.DependencyInjection;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Chains;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Core.Storage;
using Qrossing.Core.Webhooks;
using Qrossing.Data;

namespace Qrossing.ContractTests.Stores;

/// <summary>The data layer as the product composes it, over one database.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestDatabase(DataOptions options)
    {
        Options = options;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IAuditSealer, DigestSealer>()
            .AddQrossingData(options)
            .BuildServiceProvider();
    }

    public DataOptions Options { get; }

    public IDatabase Database => Get<IDatabase>();

    public IWriter Writer => Get<IWriter>();

    public LogHead Head => Get<LogHead>();

    public IEffectStore Effects => Get<IEffectStore>();

    public IEventStore Events => Get<IEventStore>();

    public ISubscriptionStore Subscriptions => Get<ISubscriptionStore>();

    public IApiKeyStore ApiKeys => Get<IApiKeyStore>();

    public IConnectionStore Connections => Get<IConnectionStore>();

    public IObjectStore Objects => Get<IObjectStore>();

    public IChainStore Chains => Get<IChainStore>();

    public IKeyStore Keys => Get<IKeyStore>();

    public IAuditStore Audit => Get<IAuditStore>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Migrated and owned.</summary>
    public static async Task<TestDatabase> OpenAsync(DataOptions options)
    {
        var database = new TestDatabase(options);
        await database.Database.MigrateAsync(CancellationToken.None);
        await database.Database.OpenAsync(CancellationToken.None);
        return database;
    }

    /// <summary>Runs a unit that answers nothing.</summary>
    public Task WriteAsync(Action<IWriteSession> unit) => Writer.WriteAsync(session =>
    {
        unit(session);
        return true;
    });

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
