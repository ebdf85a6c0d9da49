using System.Text.Json;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Binding;
using Qrossing.Core.Connectors.Files;
using Qrossing.Core.Connectors.Peers;
using Qrossing.Core.Connectors.Resilience;
using Qrossing.Core.Errors;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Connectors.Running;

/// <summary>
/// A connection at run time: the connector over one version of its options, with its sockets and pipelines. A change makes a new instance;
/// the old one lives until its last call has ended.
/// </summary>
internal sealed class ConnectorInstance
{
    private readonly ConnectorHost _host;
    private readonly SocketsHttpHandler _sockets;
    private readonly SecretReader _secrets;
    private readonly string _folder;
    private int _users = 1; // the directory

    /// <summary>Opens a connection. One that cannot be used is opened too, with its <see cref="Problem"/>: the others must start.</summary>
    public ConnectorInstance(ConnectionRecord record, ConnectorHost host)
    {
        _host = host;
        Record = record;
        Log = host.Logs.CreateLogger($"Qrossing.Connectors.{record.Kind}");
        Health = new ConnectionHealth(host.Clock);
        Resilience = new InstanceResilience(host.Resilience, host.Clock);
        _secrets = new SecretReader(host.Keys, host.Places, record.Tenant, SecretReader.ContextOf(record.Id));
        _folder = FolderOf(host.DataDirectory, record);
        _sockets = host.Egress.CreateHandler(host.Resilience.ConnectTimeout);
        _sockets.MaxConnectionsPerServer = host.Resilience.MaxConcurrency;
        _sockets.PlaintextStreamFilter = static (context, _) => ValueTask.FromResult<Stream>(new WatchedStream(context.PlaintextStream));
        (Description, Connector, Problem) = Make(record, host.Catalog, Log);
    }

    /// <summary>The connection as stored.</summary>
    public ConnectionRecord Record { get; }

    /// <summary>Its kind; null when that is not installed.</summary>
    public ConnectorDescription? Description { get; }

    /// <summary>The connector; null exactly when there is a <see cref="Problem"/>.</summary>
    public object? Connector { get; }

    /// <summary>Why it cannot be used at all.</summary>
    public Refusal? Problem { get; }

    /// <summary>The instance's log.</summary>
    public ILogger Log { get; }

    /// <summary>What is known of the peer.</summary>
    public ConnectionHealth Health { get; }

    /// <summary>Its pipelines.</summary>
    public InstanceResilience Resilience { get; }

    /// <summary>A connection's directory.</summary>
    public static string FolderOf(string dataDirectory, ConnectionRecord record) =>
        Path.Combine(dataDirectory, "connections", record.Tenant.Text, record.Id);

    /// <summary>A call begins; false when the instance has ended, and its successor is to be asked for.</summary>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    /// <summary>A call ended, or the directory has let go. The last one closes.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _sockets.Dispose();
            Resilience.Dispose();
        }
    }

    /// <summary>Keeps the instance for an attempt that is left behind, until it ends. Called while another call holds it.</summary>
    public void LeaveAfter(Task attempt)
    {
        Interlocked.Increment(ref _users);
        _ = attempt.ContinueWith(
            static (left, instance) =>
            {
                _ = left.Exception; // observed: it was judged when it was left behind
                ((ConnectorInstance)instance!).Leave();
            },
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Everything that one attempt may use.</summary>
    public ConnectorCall MakeCall(CallEvidence evidence, string idempotencyKey, int attempt, DateTimeOffset? sendBy, DateTimeOffset deadline) => new()
    {
        Http = new HttpClient(new PeerHandler(_sockets, evidence), disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan, // the pipeline's time-outs come through the token
            MaxResponseContentBufferSize = ConnectorHttp.MaxReplyBytes,
        },
        Egress = new CallEgress(_host.Egress, evidence),
        Files = new ConnectorFiles(_folder, evidence),
        Secrets = _secrets,
        IdempotencyKey = idempotencyKey,
        Attempt = attempt,
        SendBy = sendBy,
        Deadline = deadline,
        Clock = _host.Clock,
        Log = Log,
    };

    /// <summary>As callers see it.</summary>
    public ConnectionView View()
    {
        var circuits = Resilience.Circuits.ToList();
        var (state, since, because) = State(circuits);
        return new ConnectionView
        {
            Tenant = Record.Tenant,
            Id = Record.Id,
            Kind = Record.Kind,
            HideSecrets = () => Description is null ? [] : OptionsIntake.Hidden(Record.Options, Description),
            Status = Record.Status,
            StatusReason = Record.StatusReason,
            Environment = Record.Environment,
            ManagedBy = Record.ManagedBy,
            Version = Record.Version,
            CreatedAt = Record.CreatedAt,
            UpdatedAt = Record.UpdatedAt,
            State = state,
            Since = since,
            Because = because,
            Circuits = [.. circuits.Select(circuit => circuit.View())],
        };
    }

    private ConnectionHealth.Mark State(List<Circuit> circuits)
    {
        if (Record.Status != ConnectionText.Active)
        {
            return Record.Status == ConnectionText.Disabled
                ? new(ConnectionState.Disabled, Record.UpdatedAt, ConnectorErrors.Disabled.Code)
                : new(ConnectionState.Paused, Record.UpdatedAt, Record.StatusReason ?? ConnectorErrors.Paused.Code);
        }

        if (Problem is not null)
        {
            return new(ConnectionState.Unreachable, Record.UpdatedAt, Problem.Error.Code);
        }

        return circuits.Where(circuit => circuit.IsOpen).Select(circuit => circuit.View().Since).Order().Cast<DateTimeOffset?>().FirstOrDefault() is { } open
            ? new(ConnectionState.CircuitOpen, open, ConnectorErrors.CircuitOpen.Code)
            : Health.Current;
    }

    private static (ConnectorDescription? Description, object? Connector, Refusal? Problem) Make(ConnectionRecord record, ConnectorCatalog catalog, ILogger log)
    {
        if (!catalog.TryGet(record.Kind, out var description))
        {
            return (null, null, new Refusal(ConnectorErrors.KindUnknown, $"The kind '{record.Kind}' is not installed."));
        }

        using var json = JsonDocument.Parse(record.Options);
        var bound = OptionsReader.Read(description.OptionsType, json.RootElement, "/options");
        if (bound.Options is null)
        {
            return (description, null, new Refusal(ConnectorErrors.OptionsInvalid, "The stored settings do not fit this version of the connector.") { Errors = bound.Errors });
        }

        try
        {
            return (description, ConnectorCatalog.Make(description, bound.Options), null);
        }
        catch (Exception bug)
        {
            // A mistake of one connector must not keep the others from starting.
            Connectors.Log.ConnectorNotMade(log, bug, record.Id);
            return (description, null, new Refusal(ConnectorErrors.OptionsInvalid, "The connector could not be made from its settings."));
        }
    }
}
