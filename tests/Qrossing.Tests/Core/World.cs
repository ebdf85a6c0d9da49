using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Core.Webhooks;
using Qrossing.Core.Webhooks.Sending;
using Qrossing.Data;
using Qrossing.TestKit.Fakes;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Core;

/// <summary>The rooms Events, Webhooks and Audit over a real SQLite in a folder of its own. Hosted services run when a test starts them.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("core");
    private readonly Action<IServiceCollection> _more;
    private readonly List<IHostedService> _running = [];
    private ServiceProvider? _services;

    private World(Action<IServiceCollection> more) => _more = more;

    /// <summary>Outlives a restart, as the key ring does.</summary>
    public FakeKeys Keys { get; } = new();

    public EventOptions EventOptions { get; init; } = new();

    public WebhookOptions WebhookOptions { get; init; } = new()
    {
        Timeout = TimeSpan.FromSeconds(5),
        FirstDelay = TimeSpan.FromMilliseconds(50),
        LongestDelay = TimeSpan.FromMilliseconds(200),
    };

    public AuditOptions AuditOptions { get; init; } = new() { Origin = "qrossing/test" };

    public RequestContext Context { get; } = new(
        new Caller
        {
            Tenant = TenantId.Default,
            Client = "cli_test",
            Credential = "key:key_test",
            Environment = "test",
            Scopes = FrozenSet.Create("*"),
        },
        "req-1",
        null);

    public string DatabasePath => Path.Combine(_folder.Path, "qrossing.db");

    public static Task<World> StartAsync(Action<IServiceCollection>? more = null) => StartAsync(new World(more ?? (_ => { })));

    public static Task<World> StartAsync(WebhookOptions webhooks) => StartAsync(new World(_ => { }) { WebhookOptions = webhooks });

    public static Task<World> StartAsync(EventOptions events) => StartAsync(new World(_ => { }) { EventOptions = events });

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public Task<T> WriteAsync<T>(Func<IWriteSession, T> unit) => Get<IWriter>().WriteAsync(unit);

    /// <summary>Starts the hosted services of these types.</summary>
    public async Task RunAsync<T>()
        where T : IHostedService
    {
        var service = _services!.GetServices<IHostedService>().OfType<T>().Single();
        _running.Add(service);
        await service.StartAsync(CancellationToken.None);
    }

    /// <summary>Ends everything and opens the same database again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await OpenAsync();
    }

    /// <summary>Appends events of a caller, one unit each.</summary>
    public async Task<IReadOnlyList<LogEvent>> AppendAsync(params IEnumerable<(string Id, string? Key)> events)
    {
        var appended = new List<LogEvent>();
        foreach (var (id, key) in events)
        {
            var item = NewEvent(id, key: key);
            await WriteAsync(session => session.Append(item));
            appended.Add(item);
        }

        return appended;
    }

    public static LogEvent NewEvent(string id, string type = "q.test.thing.done.v1", string? key = null) => new()
    {
        Tenant = TenantId.Default,
        Id = id,
        Source = "/test",
        Type = type,
        PartitionKey = key,
        DataContentType = "application/json",
        Data = "{\"n\":1}"u8.ToArray(),
    };

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private static async Task<World> StartAsync(World world)
    {
        await world.OpenAsync();
        return world;
    }

    private async Task OpenAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IdGenerator>();
        services.AddQrossingData(new DataOptions { Directory = _folder.Path });
        services.AddQrossingEvents(EventOptions);
        services.AddQrossingWebhooks(WebhookOptions);
        services.AddQrossingAudit(AuditOptions);

        // In place of what the key ring and the connector host give.
        services.AddSingleton<IAuditKeys>(Keys);
        services.AddSingleton<IWebhookSecrets>(Keys);
        services.AddSingleton<IEgressCheck, FakeEgress>();
        services.AddSingleton<IDeliveryTransport>(provider =>
            new HttpDeliveryTransport(new SocketsHttpHandler(), WebhookOptions, provider.GetRequiredService<TimeProvider>()));
        _more(services);
        _services = services.BuildServiceProvider();
        await Get<IDatabase>().MigrateAsync(CancellationToken.None);
        await Get<IDatabase>().OpenAsync(CancellationToken.None);
    }

    private async Task StopAsync()
    {
        foreach (var service in Enumerable.Reverse(_running))
        {
            await service.StopAsync(CancellationToken.None);
        }

        _running.Clear();
        await _services!.DisposeAsync();
    }
}
