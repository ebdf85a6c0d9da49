using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Data;

namespace Qrossing.ContractTests.Effects;

/// <summary>The ledger over a real SQLite database, with one fake peer. Reopened, it is a new process on the same data.</summary>
internal sealed class LedgerRig : IAsyncDisposable
{
    private readonly string _directory;
    private readonly ServiceProvider _services;

    private Pauses Connections { get; set; } = new();

    private LedgerRig(string directory, ServiceProvider services) => (_directory, _services) = (directory, services);

    public static RequestContext Caller { get; } = new(
        new Caller
        {
            Tenant = TenantId.Default,
            Client = "cli_test",
            Credential = "key:test",
            Scopes = new[] { "*" }.ToFrozenSet(),
            Environment = "live",
        },
        "req_test",
        null);

    public EffectLedger Ledger => _services.GetRequiredService<EffectLedger>();

    public IEffectStore Store => _services.GetRequiredService<IEffectStore>();

    public IEventStore Events => _services.GetRequiredService<IEventStore>();

    public IDatabase Database => _services.GetRequiredService<IDatabase>();

    public IAuditStore Audit => _services.GetRequiredService<IAuditStore>();

    public IWriter Writer => _services.GetRequiredService<IWriter>();

    public List<string> Paused { get; } = [];

    /// <summary>What the database says of the connections' status; the test sets it.</summary>
    public bool ConnectionsActive
    {
        get => Connections.Active;
        set => Connections.Active = value;
    }

    public static async Task<LedgerRig> OpenAsync(FakePeer peer, string? directory = null, bool work = true)
    {
        directory ??= Directory.CreateTempSubdirectory("qrossing-ledger-").FullName;
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IdGenerator>();
        services.AddSingleton(new EventSource());
        services.AddSingleton(new ErrorTable(ErrorRegistry.Collect(typeof(ErrorTable).Assembly)));
        services.AddSingleton<IAuditSealer, PlainSealer>();
        if (peer.Installed)
        {
            services.AddSingleton<IEffectOperation>(peer);
        }

        var pauses = new Pauses();
        services.AddSingleton<IPausesConnections>(pauses);
        services.AddLogging();
        services.AddQrossingData(new DataOptions { Directory = directory });
        services.AddQrossingEffects();
        var rig = new LedgerRig(directory, services.BuildServiceProvider());
        rig.Connections = pauses;
        pauses.Seen = rig.Paused;
        var database = rig._services.GetRequiredService<IDatabase>();
        await database.MigrateAsync(CancellationToken.None);
        await database.OpenAsync(CancellationToken.None);
        if (work)
        {
            foreach (var worker in rig._services.GetServices<IHostedService>())
            {
                await worker.StartAsync(CancellationToken.None);
            }
        }

        return rig;
    }

    /// <summary>As if the process had ended: no step finishes, the database is opened anew under a new epoch.</summary>
    public async Task<LedgerRig> RestartAsync(FakePeer peer, bool restored = false)
    {
        if (restored)
        {
            using var channel = _services.GetRequiredService<Qrossing.Data.Sql.SqlEngine>().OpenWriter();
            channel.Execute("UPDATE log_head SET restored_at = $1", TimeProvider.System.GetUtcNow());
        }

        await CloseAsync();
        return await OpenAsync(peer, _directory);
    }

    public Task<Result<EffectAnswer>> SubmitAsync(string? key = null, string body = "{}", double waitSeconds = 5, string connection = "peer") => Ledger.SubmitAsync(
        new EffectSubmission
        {
            Context = Caller,
            Kind = "test.write",
            Connection = connection,
            Request = Encoding.UTF8.GetBytes(body),
            Fingerprint = RequestFingerprint.Compute("POST", "/test", [], "application/json", Encoding.UTF8.GetBytes(body)),
            IdempotencyKey = key,
            Wait = TimeSpan.FromSeconds(waitSeconds),
        },
        CancellationToken.None).AsTask();

    public async Task<Effect> UntilAsync(EffectId id, Func<Effect, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var effect = await Store.GetAsync(TenantId.Default, id, patience.Token) ?? throw new InvalidOperationException("The effect is gone.");
            if (condition(effect))
            {
                return effect;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task CloseAsync()
    {
        foreach (var worker in _services.GetServices<IHostedService>())
        {
            await worker.StopAsync(CancellationToken.None);
        }

        await _services.GetRequiredService<IDatabase>().CloseAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private sealed class Pauses : IPausesConnections
    {
        public List<string>? Seen { get; set; }

        public bool Active { get; set; }

        public bool IsActive(TenantId tenant, string connection) => Active || !Seen!.Contains(connection);

        public bool IsActive(IWriteSession session, TenantId tenant, string connection) => Active;

        public Task PauseAsync(TenantId tenant, string connection, string reason, CancellationToken cancellationToken)
        {
            Seen!.Add(connection);
            return Task.CompletedTask;
        }
    }

    private sealed class PlainSealer : IAuditSealer
    {
        public (ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Sealed) Seal(AuditDraft draft, long position, DateTimeOffset time) =>
            (Encoding.UTF8.GetBytes($"{{\"position\":{position},\"action\":\"{draft.Action}\"}}"), Encoding.UTF8.GetBytes(draft.Payload.ToJsonString()));
    }
}
