using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qrossing.Abstractions.Values;
using Qrossing.Connectors;
using Qrossing.ContractTests.Blockchain.Evm;
using Qrossing.Core;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Chains;
using Qrossing.Core.Connectors;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Connectors.Resilience;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Core.Storage;
using Qrossing.Data;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Network;
using Qrossing.TestKit.Processes;

namespace Qrossing.ContractTests.Blockchain;

/// <summary>Ledger, wallets and the EVM connector over a real SQLite database and a real node behind a front that can misbehave. Reopened, it is a new process on the same data.</summary>
internal sealed class ChainRig : IAsyncDisposable
{
    public const string Connection = "evm";

    private readonly EvmFixture _chain;
    private readonly TemporaryFolder _folder;
    private ServiceProvider _services;
    private bool _works;

    private ChainRig(EvmFixture chain, TemporaryFolder folder, ServiceProvider services) => (_chain, _folder, _services) = (chain, folder, services);

    public static RequestContext Caller { get; } = new(
        new Caller { Tenant = TenantId.Default, Client = "cli_test", Credential = "key:test", Scopes = new[] { "*" }.ToFrozenSet(), Environment = "live" },
        "req_test",
        null);

    public JsonRpcFront Front => _chain.Front;

    public AnvilCounterpart Node => _chain.Node;

    public EffectLedger Ledger => Get<EffectLedger>();

    public IChainStore Store => Get<IChainStore>();

    public IEffectStore Effects => Get<IEffectStore>();

    /// <summary>Alice's.</summary>
    public WalletId Wallet { get; private set; }

    /// <param name="mining">How the node makes blocks.</param>
    /// <param name="work">Whether due effects are taken up; see <see cref="WorkAsync"/>.</param>
    public static async Task<ChainRig> StartAsync(AnvilMining mining = AnvilMining.PerTransaction, bool work = true)
    {
        var chain = await EvmFixture.StartedAsync(mining);
        var folder = new TemporaryFolder("chain");
        var rig = new ChainRig(chain, folder, await OpenAsync(folder));
        var made = await rig.Get<ConnectionDirectory>().CreateAsync(
            new ConnectionDraft
            {
                Tenant = TenantId.Default,
                Id = Connection,
                Kind = "blockchain.evm",
                Options = JsonSerializer.SerializeToElement(new { chainId = chain.Node.Options.ChainId, endpoint = chain.Front.Url, confirmations = EvmFixture.Confirmations }),
            },
            ConnectionAuthor.Api(Caller),
            CancellationToken.None);
        Assert.Null(made.Refusal);
        rig.Wallet = (await rig.Get<Wallets>().CreateAsync(Caller, "alice", EvmFixture.Alice.PrivateKey, CancellationToken.None)).Value!.Id;
        if (work)
        {
            await rig.WorkAsync();
        }

        return rig;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task WorkAsync()
    {
        _works = true;
        foreach (var worker in _services.GetServices<IHostedService>().Where(worker => worker is EffectWorker or RestoreWorker))
        {
            await worker.StartAsync(CancellationToken.None);
        }
    }

    /// <summary>A new process on the same data; nobody works yet.</summary>
    public async Task RestartAsync(bool restored = false)
    {
        if (restored)
        {
            using var channel = Get<Qrossing.Data.Sql.SqlEngine>().OpenWriter();
            channel.Execute("UPDATE log_head SET restored_at = $1", TimeProvider.System.GetUtcNow());
        }

        await CloseAsync();
        _services = await OpenAsync(_folder);
    }

    /// <summary>A transfer to Bob.</summary>
    public async Task<Effect> SendAsync(string value = "1", double waitSeconds = 0)
    {
        var sent = await Get<Transactions>().SendAsync(
            Caller,
            new TransactionDraft
            {
                Chain = new ChainId("eip155", $"{Node.Options.ChainId}"),
                Wallet = Wallet,
                To = EvmFixture.Bob.Address,
                Value = value,
                Fingerprint = new string('a', 64),
                IdempotencyKey = Get<IdGenerator>().New<EffectId>().Text,
                Wait = TimeSpan.FromSeconds(waitSeconds),
            },
            CancellationToken.None);
        Assert.Null(sent.Refusal);
        return sent.Value!.Effect;
    }

    public Task<Effect> UntilAsync(Effect effect, Func<Effect, bool> condition) => UntilAsync(effect.Id, condition);

    public async Task<Effect> UntilAsync(EffectId id, Func<Effect, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (true)
        {
            var effect = await Effects.GetAsync(TenantId.Default, id, CancellationToken.None) ?? throw new InvalidOperationException("The effect is gone.");
            if (condition(effect))
            {
                return effect;
            }

            Assert.False(patience.IsCancellationRequested, $"Gave up; the effect is {effect.State}, reason {effect.Reason}, next {effect.NextActionAt:O}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    public Task<Effect> SucceededAsync(Effect effect) => UntilAsync(effect, now => now.State.Outcome == EffectOutcome.Succeeded);

    /// <summary>Has it taken up now, whatever it waits for.</summary>
    public async Task<Effect> HurryAsync(Effect effect) => (await Ledger.ProbeAsync(Caller, effect.Id, TimeSpan.FromSeconds(5), CancellationToken.None)).Value!;

    public Task<Result<Effect>> CancelAsync(Effect effect) => Ledger.CancelAsync(Caller, effect.Id, CancellationToken.None);

    public async Task<TransactionRecord> RecordAsync(Effect effect) =>
        await Store.FindTransactionAsync(TenantId.Default, effect.Id, CancellationToken.None) ?? throw new InvalidOperationException("There is no such transaction.");

    /// <summary>Changes a transaction's row as another process would have left it.</summary>
    public async Task ChangeRecordAsync(Effect effect, Func<TransactionRecord, TransactionRecord> change)
    {
        var record = await RecordAsync(effect);
        await Get<IWriter>().WriteAsync(session =>
        {
            Store.PutTransaction(session, change(record));
            return true;
        });
    }

    /// <summary>The gateway's own transfers into gaps.</summary>
    public async Task<List<Effect>> FillersAsync()
    {
        var page = await Effects.ListAsync(TenantId.Default, new EffectListFilter(), new PageRequest(100, null), CancellationToken.None);
        var fillers = new List<Effect>();
        foreach (var listed in page.Items.Where(effect => effect.Client == "system"))
        {
            fillers.Add((await Effects.GetAsync(TenantId.Default, listed.Id, CancellationToken.None))!); // a list has no requests
        }

        return fillers;
    }

    public async Task<IReadOnlyList<string>> EventsAsync(Effect effect) =>
        [.. (await Get<IEventStore>().ReadByEffectAsync(TenantId.Default, effect.Id, CancellationToken.None)).Select(told => told.Type)];

    public async Task<long> MinedNonceAsync() =>
        Convert.ToInt64((await Node.CallAsync("eth_getTransactionCount", EvmFixture.Alice.Address, "latest")).GetString()![2..], 16);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
        await _chain.DisposeAsync();
    }

    private static async Task<ServiceProvider> OpenAsync(TemporaryFolder folder)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(TimeProvider.System);
        collection.AddLogging();
        collection.AddSingleton(new ErrorTable(ErrorRegistry.Collect(typeof(ErrorTable).Assembly)));
        collection.AddQrossingData(new DataOptions { Directory = folder.Path });
        collection.AddQrossingEvents(new EventOptions());
        collection.AddQrossingAudit(new AuditOptions { Origin = "qrossing/test" });
        collection.AddQrossingConnectors(new ConnectorHostOptions
        {
            Assemblies = [typeof(FirstPartyConnectors).Assembly],
            DataDirectory = folder.Path,
            Egress = new EgressOptions { Allow = ["127.0.0.1"] },
            Resilience = new ResilienceOptions { MaxAttempts = 1, CircuitMinimumCalls = 1_000 },
        });
        collection.AddQrossingCore(new SpoolOptions(Path.Combine(folder.Path, "spool")));
        var services = collection.BuildServiceProvider();
        await services.GetRequiredService<IDatabase>().MigrateAsync(CancellationToken.None);
        await services.GetRequiredService<IDatabase>().OpenAsync(CancellationToken.None);
        await services.GetRequiredService<KeyRing>().OpenAsync(CancellationToken.None);
        await services.GetRequiredService<ConnectionDirectory>().LoadAsync(CancellationToken.None);
        return services;
    }

    private async Task CloseAsync()
    {
        foreach (var worker in _works ? _services.GetServices<IHostedService>().Where(worker => worker is EffectWorker or RestoreWorker) : [])
        {
            await worker.StopAsync(CancellationToken.None);
        }

        _works = false;
        await Get<IDatabase>().CloseAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
