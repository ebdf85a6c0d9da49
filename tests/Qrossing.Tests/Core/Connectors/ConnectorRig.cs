using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Connectors;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Connectors.Resilience;
using Qrossing.Core.Effects;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Data;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core.Connectors;

/// <summary>The connector host over a real SQLite database. Opened again on the same folder it is a new process.</summary>
internal sealed class ConnectorRig : IAsyncDisposable
{
    public const string Id = "peer-1";

    private readonly ServiceProvider _services;

    private ConnectorRig(ServiceProvider services) => _services = services;

    public static TenantId Tenant { get; } = TenantId.Default;

    public static ConnectionAuthor Operator { get; } = ConnectionAuthor.Api(new RequestContext(
        new Caller { Tenant = Tenant, Client = "cli_test", Credential = "key:test", Scopes = new[] { "*" }.ToFrozenSet(), Environment = "live" },
        "req_test",
        null));

    /// <summary>Fast enough for a test; nothing repeats or opens unless a test asks for it.</summary>
    public static ResilienceOptions Calm { get; } = new()
    {
        MaxAttempts = 1,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        CircuitMinimumCalls = 1_000,
    };

    public ConnectionDirectory Directory => Get<ConnectionDirectory>();

    public ConnectorInvoker Invoker => Get<ConnectorInvoker>();

    public static async Task<ConnectorRig> OpenAsync(
        TemporaryFolder folder, ResilienceOptions? resilience = null, TimeProvider? clock = null, IEgressResolver? resolver = null, params string[] allow)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton(resolver ?? new StubResolver());
        services.AddSingleton<IAuditSealer, PlainSealer>();
        services.AddLogging();
        services.AddQrossingEvents(new EventOptions());
        services.AddQrossingData(new DataOptions { Directory = folder.Path });
        services.AddQrossingConnectors(new ConnectorHostOptions
        {
            Assemblies = [],
            DataDirectory = folder.Path,
            Egress = new EgressOptions { Allow = allow.Length == 0 ? ["127.0.0.1"] : allow },
            Resilience = resilience ?? Calm,
        });
        services.AddSingleton(new ConnectorCatalog([typeof(PeerConnector)]));
        var rig = new ConnectorRig(services.BuildServiceProvider());
        await rig.Get<IDatabase>().MigrateAsync(CancellationToken.None);
        await rig.Get<IDatabase>().OpenAsync(CancellationToken.None);
        await rig.Get<KeyRing>().OpenAsync(CancellationToken.None);
        await rig.Directory.LoadAsync(CancellationToken.None);
        return rig;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    public static ConnectionDraft Draft(object options, string id = Id, string kind = "test.peer") => new() { Tenant = Tenant, Id = id, Kind = kind, Options = Json(options) };

    /// <summary>A connection to a peer, which must be accepted.</summary>
    public async Task<ConnectionView> ConnectAsync(Uri baseUrl)
    {
        var made = await Directory.CreateAsync(Draft(new { baseUrl }), Operator, CancellationToken.None);
        Assert.Null(made.Refusal);
        return made.Value!;
    }

    public ValueTask<ConnectorResult<string>> ReadAsync(string path = "/read", CancellationToken cancellationToken = default) => Invoker.ReadAsync<PeerConnector, string>(
        Tenant, Id, "read", (peer, call, token) => peer.SendAsync(HttpMethod.Get, path, call, token), cancellationToken);

    public ValueTask<ConnectorResult<string>> PostAsync(DateTimeOffset? sendBy = null, CancellationToken cancellationToken = default) =>
        WriteAsync((peer, call, token) => peer.SendAsync(HttpMethod.Post, "/write", call, token), sendBy, cancellationToken);

    public ValueTask<ConnectorResult<T>> WriteAsync<T>(
        Func<PeerConnector, ConnectorCall, CancellationToken, ValueTask<ConnectorResult<T>>> write, DateTimeOffset? sendBy = null, CancellationToken cancellationToken = default) =>
        Invoker.WriteAsync(
            new WriteCall
            {
                Tenant = Tenant,
                Connection = Id,
                Operation = "write",
                IdempotencyKey = "eff_test",
                Attempt = 1,
                SendBy = sendBy ?? Get<TimeProvider>().GetUtcNow().AddMinutes(1),
            },
            write,
            cancellationToken);

    /// <summary>An effect on the connection that is not at rest.</summary>
    public async Task<EffectId> RecordEffectAsync(string? waitsFor)
    {
        var id = Get<IdGenerator>().New<EffectId>();
        await Get<IWriter>().WriteAsync(session =>
        {
            Get<IEffectStore>().Insert(session, new Effect
            {
                Tenant = Tenant,
                Id = id,
                Kind = "test.write",
                Connection = Id,
                Client = "cli_test",
                State = new EffectState(EffectPhase.Recorded),
                Request = "{}"u8.ToArray(),
                RequestDigest = "00",
                WaitsFor = waitsFor,
                PartitionKey = "test",
                ExpiresAt = session.Now.AddHours(1),
                Version = 1,
                CreatedAt = session.Now,
                UpdatedAt = session.Now,
            });
            return true;
        });
        return id;
    }

    public async Task<IReadOnlyList<LogEvent>> EventsAsync() => await Get<IEventStore>().ReadAsync(Tenant, 0, 100, EventFilter.All, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Get<IDatabase>().CloseAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
