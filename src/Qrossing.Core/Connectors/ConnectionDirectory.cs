using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Connectors.Binding;
using Qrossing.Core.Connectors.Files;
using Qrossing.Core.Connectors.Running;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Connectors;

/// <summary>
/// The configured connections. What is stored is the truth; the directory holds a snapshot of running instances, swapped as a whole.
/// Changes run one at a time; each is one unit with its audit entry and event, and the snapshot follows the commit.
/// </summary>
public sealed partial class ConnectionDirectory : IPausesConnections, IDisposable
{
    private readonly ConnectorHost _host;
    private readonly ConnectionUnits _units;
    private readonly OptionsIntake _intake;
    private readonly ILogger<ConnectionDirectory> _log;
    private readonly SemaphoreSlim _changes = new(1);
    private ImmutableSortedDictionary<(string Tenant, string Id), ConnectorInstance> _instances = ImmutableSortedDictionary<(string, string), ConnectorInstance>.Empty;

    internal ConnectionDirectory(ConnectorHost host, ConnectionUnits units, ILogger<ConnectionDirectory> log)
    {
        (_host, _units, _log) = (host, units, log);
        _intake = new OptionsIntake(host.Keys, host.Egress);
    }

    /// <summary>The running instances now.</summary>
    internal IEnumerable<ConnectorInstance> Instances => Volatile.Read(ref _instances).Values;

    /// <summary>Reads all connections. After the key ring was opened. One that cannot be used is shown as such and stops nothing.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        try
        {
            foreach (var record in await _units.ListAllAsync(cancellationToken))
            {
                ConnectorFiles.Sweep(ConnectorInstance.FolderOf(_host.DataDirectory, record));
                Swap(record);
            }

            Log.Loaded(_log, _instances.Count);
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>A tenant's connections by id.</summary>
    public IReadOnlyList<ConnectionView> List(TenantId tenant) => [.. Of(tenant).Select(instance => instance.View())];

    /// <summary>A tenant's usable connections with a capability, by id; disabled and paused ones included, with their state.</summary>
    public IReadOnlyList<ConnectionView> WithCapability<TCapability>(TenantId tenant) =>
        [.. Of(tenant).Where(instance => instance.Connector is TCapability).Select(instance => instance.View())];

    /// <summary>One connection as stored, for decisions on every request; null when there is none.</summary>
    public ConnectionRecord? FindRecord(TenantId tenant, string id) => Get(tenant, id)?.Record;

    /// <summary>One connection as stored, and whether it is usable for a capability, whatever its status. In one look: for every request.</summary>
    public (ConnectionRecord? Record, bool Has) Look<TCapability>(TenantId tenant, string id) =>
        Get(tenant, id) is { } instance ? (instance.Record, instance.Connector is TCapability) : (null, false);

    /// <summary>One connection; null when there is none.</summary>
    public ConnectionView? Find(TenantId tenant, string id) => Get(tenant, id)?.View();

    /// <summary>Makes a connection.</summary>
    /// <returns><c>connections.kind_unknown</c>, <c>connections.options_invalid</c>, <c>egress.refused</c>, <c>connections.exists</c>.</returns>
    public Task<Result<ConnectionView>> CreateAsync(ConnectionDraft draft, ConnectionAuthor by, CancellationToken cancellationToken) =>
        ChangeAsync(() => CreateCoreAsync(draft, by, cancellationToken), cancellationToken);

    /// <summary>Changes options or environment. Calls that run finish on the old options.</summary>
    /// <returns>As <see cref="CreateAsync"/>, and <c>connections.not_found</c>, <c>connections.managed</c>, <c>connections.version_conflict</c>.</returns>
    public Task<Result<ConnectionView>> UpdateAsync(TenantId tenant, string id, ConnectionChange change, ConnectionAuthor by, CancellationToken cancellationToken) =>
        ChangeAsync(() => UpdateCoreAsync(tenant, id, change, by, cancellationToken), cancellationToken);

    /// <summary>Makes the connection as the draft says, whether there is one or not; nothing happens when it is so already. For the resources file and built-in connections.</summary>
    public Task<Result<ConnectionView>> ApplyAsync(ConnectionDraft draft, ConnectionAuthor by, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () => Get(draft.Tenant, draft.Id) is not { } existing ? await CreateCoreAsync(draft, by, cancellationToken)
                : existing.Record.Kind != draft.Kind ? new Refusal(ConnectorErrors.Exists, $"'{draft.Id}' is a connection of kind '{existing.Record.Kind}'; delete it first.")
                : await UpdateCoreAsync(draft.Tenant, draft.Id, new ConnectionChange { Options = draft.Options, Environment = draft.Environment }, by, cancellationToken),
            cancellationToken);

    /// <summary>Deletes a connection. Its files stay.</summary>
    /// <returns><c>connections.not_found</c>, <c>connections.managed</c>, <c>connections.in_use</c>; else the connection as it was.</returns>
    public Task<Result<ConnectionView>> DeleteAsync(TenantId tenant, string id, ConnectionAuthor by, CancellationToken cancellationToken) =>
        ChangeAsync(() => DeleteCoreAsync(tenant, id, by, cancellationToken), cancellationToken);

    /// <summary>Enables (<c>active</c>) or disables a connection. Enabling a paused one is open to everybody who may change connections, and wakes the effects that wait for it.</summary>
    /// <returns><c>connections.not_found</c>, <c>connections.managed</c>.</returns>
    public Task<Result<ConnectionView>> SetStatusAsync(TenantId tenant, string id, string status, string? reason, ConnectionAuthor by, CancellationToken cancellationToken) =>
        status is ConnectionText.Active or ConnectionText.Disabled
            ? ChangeAsync(() => StatusCoreAsync(tenant, id, status, reason, by, cancellationToken), cancellationToken)
            : throw new ArgumentException("The status is active or disabled; a connection is paused with PauseAsync.", nameof(status));

    /// <inheritdoc/>
    public async Task PauseAsync(TenantId tenant, string connection, string reason, CancellationToken cancellationToken)
    {
        var paused = await ChangeAsync(
            () => Get(tenant, connection) is { Record.Status: ConnectionText.Active }
                ? StatusCoreAsync(tenant, connection, ConnectionText.Paused, reason, ConnectionAuthor.System, cancellationToken)
                : Task.FromResult<Result<ConnectionView>>(NotFound(connection)),
            cancellationToken);
        if (paused.IsSuccess)
        {
            Log.ConnectionPaused(_log, connection, tenant.Text, reason);
        }
    }

    /// <inheritdoc/>
    public bool IsActive(TenantId tenant, string connection) => Get(tenant, connection)?.Record.Status == ConnectionText.Active;

    /// <inheritdoc/>
    public bool IsActive(IWriteSession session, TenantId tenant, string connection) => _units.IsActive(session, tenant, connection);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var instance in Interlocked.Exchange(ref _instances, _instances.Clear()).Values)
        {
            instance.Leave();
        }

        _changes.Dispose();
    }

    /// <summary>Enters an instance that has the capability. Whoever gets one leaves it.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="id">The connection.</param>
    /// <param name="evenPaused">For probes: what a person does before enabling it again.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="capability">Its connector.</param>
    /// <param name="refusal">Why not.</param>
    internal bool TryEnter<TCapability>(
        TenantId tenant,
        string id,
        bool evenPaused,
        [NotNullWhen(true)] out ConnectorInstance? instance,
        [NotNullWhen(true)] out TCapability? capability,
        [NotNullWhen(false)] out Refusal? refusal)
        where TCapability : class
    {
        capability = null;
        do
        {
            instance = Get(tenant, id);
            refusal = instance is null ? NotFound(id) : RefusalOf(instance, evenPaused);
            if (refusal is not null)
            {
                return false;
            }

            capability = instance!.Connector as TCapability;
            if (capability is null)
            {
                refusal = new Refusal(ConnectorErrors.CapabilityMissing, $"Connection '{id}' of kind '{instance.Record.Kind}' has no {typeof(TCapability).Name}.");
                return false;
            }
        }
        while (!instance.TryEnter()); // replaced between the look and the step: the successor is in the snapshot by now

        return true;
    }

    /// <summary>Notes what a call outside the pipelines learnt: the peer is not there, or it is again.</summary>
    internal void Observe(TenantId tenant, string id, string? because)
    {
        if (Get(tenant, id) is { Health: { } health } && (because is not null || health.Current.State == ConnectionState.Unreachable))
        {
            health.Observe(because is null ? ConnectionState.Ready : ConnectionState.Unreachable, because);
        }
    }

    private static Refusal? RefusalOf(ConnectorInstance instance, bool evenPaused) => instance.Record.Status switch
    {
        ConnectionText.Disabled => new Refusal(ConnectorErrors.Disabled, $"Connection '{instance.Record.Id}' is disabled."),
        ConnectionText.Paused when !evenPaused => new Refusal(ConnectorErrors.Paused, $"Connection '{instance.Record.Id}' is paused."),
        _ => instance.Problem,
    };

    private async Task<Result<ConnectionView>> ChangeAsync(Func<Task<Result<ConnectionView>>> change, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            _changes.Release();
        }
    }

    private async Task<Result<ConnectionView>> CreateCoreAsync(ConnectionDraft draft, ConnectionAuthor by, CancellationToken cancellationToken)
    {
        if (!_host.Catalog.TryGet(draft.Kind, out var description))
        {
            var nearest = NearestName.Of(draft.Kind, _host.Catalog.All.Select(kind => kind.Kind));
            var hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
            return new Refusal(ConnectorErrors.KindUnknown, $"There is no kind '{draft.Kind}'.{hint}")
            {
                Errors = [new FieldError("/kind", "unknown", $"There is no kind '{draft.Kind}'.{hint}")],
            };
        }

        var wrong = Names(draft.Id, draft.Environment);
        var options = await _intake.TakeAsync(description, (draft.Tenant, draft.Id), draft.Options, stored: null, PlainAllowed(by), cancellationToken);
        if (wrong.Count > 0 || !options.IsSuccess)
        {
            var refused = options.Refusal ?? new Refusal(ConnectorErrors.OptionsInvalid, "The connection is not valid.");
            return refused with { Errors = [.. wrong, .. refused.Errors] };
        }

        var shown = OptionsIntake.Hidden(options.Value, description);
        return Follow(await _units.InsertAsync(draft, options.Value, shown, by, cancellationToken), "created");
    }

    private async Task<Result<ConnectionView>> UpdateCoreAsync(TenantId tenant, string id, ConnectionChange change, ConnectionAuthor by, CancellationToken cancellationToken)
    {
        if (Changeable(tenant, id, by, out var instance) is { } refusal)
        {
            return refusal;
        }

        if (instance.Description is not { } description)
        {
            return instance.Problem!;
        }

        var before = instance.Record;
        if (change.ExpectedVersion is { } expected && expected != before.Version)
        {
            return new Refusal(ConnectorErrors.VersionConflict, $"The version is {before.Version}.");
        }

        if (Names(id, change.Environment ?? before.Environment) is { Count: > 0 } wrong)
        {
            return new Refusal(ConnectorErrors.OptionsInvalid, "The connection is not valid.") { Errors = wrong };
        }

        var options = change.Options is { } given
            ? await _intake.TakeAsync(description, (tenant, id), given, before.Options, PlainAllowed(by), cancellationToken)
            : before.Options.ToArray();
        if (!options.IsSuccess)
        {
            return options.Refusal;
        }

        var after = before with { Options = options.Value, Environment = change.Environment ?? before.Environment };
        return after.Environment == before.Environment && options.Value.AsSpan().SequenceEqual(before.Options.Span)
            ? instance.View()
            : await ReplaceAsync(before, after, "updated", by, OptionsIntake.Hidden(options.Value, description), cancellationToken);
    }

    private async Task<Result<ConnectionView>> DeleteCoreAsync(TenantId tenant, string id, ConnectionAuthor by, CancellationToken cancellationToken)
    {
        if (Changeable(tenant, id, by, out var instance) is { } refusal)
        {
            return refusal;
        }

        var view = instance.View();
        var refused = await _units.DeleteAsync(instance.Record, by, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        Volatile.Write(ref _instances, _instances.Remove((tenant.Text, id)));
        instance.Leave();
        Log.ConnectionChanged(_log, id, tenant.Text, "deleted", instance.Record.Version);
        return view;
    }

    private async Task<Result<ConnectionView>> StatusCoreAsync(TenantId tenant, string id, string status, string? reason, ConnectionAuthor by, CancellationToken cancellationToken)
    {
        if (Get(tenant, id) is not { } instance)
        {
            return NotFound(id);
        }

        // The gateway's own pause is no change of what is managed, and neither is taking it back.
        var before = instance.Record;
        var isPause = status == ConnectionText.Paused || (before.Status == ConnectionText.Paused && status == ConnectionText.Active);
        if (!isPause && before.ManagedBy != by.ManagedBy)
        {
            return Managed(before);
        }

        if (before.Status == status)
        {
            return instance.View();
        }

        var action = status == ConnectionText.Active ? "enabled" : status;
        return await ReplaceAsync(before, before with { Status = status, StatusReason = status == ConnectionText.Active ? null : reason }, action, by, shown: null, cancellationToken);
    }

    private async Task<Result<ConnectionView>> ReplaceAsync(
        ConnectionRecord before, ConnectionRecord after, string action, ConnectionAuthor by, JsonObject? shown, CancellationToken cancellationToken) =>
        Follow(await _units.ReplaceAsync(before, after, action, by, shown, cancellationToken), action);

    private Result<ConnectionView> Follow(Result<ConnectionRecord> written, string action)
    {
        if (!written.IsSuccess)
        {
            return written.Refusal;
        }

        Log.ConnectionChanged(_log, written.Value.Id, written.Value.Tenant.Text, action, written.Value.Version);
        return Swap(written.Value).View();
    }

    private ConnectorInstance Swap(ConnectionRecord record)
    {
        var key = (record.Tenant.Text, record.Id);
        var old = _instances.GetValueOrDefault(key);
        var instance = new ConnectorInstance(record, _host);
        Volatile.Write(ref _instances, _instances.SetItem(key, instance));
        old?.Leave();
        if (instance.Problem is { } problem)
        {
            Log.ConnectionUnusable(_log, record.Id, record.Tenant.Text, string.Join(" ", problem.Errors.Select(error => $"{error.Pointer}: {error.Message}").Prepend(problem.Detail)));
        }

        return instance;
    }

    private Refusal? Changeable(TenantId tenant, string id, ConnectionAuthor by, out ConnectorInstance instance)
    {
        instance = Get(tenant, id)!; // the caller uses it only when nothing is refused
        return instance is null ? NotFound(id)
            : instance.Record.ManagedBy != by.ManagedBy ? Managed(instance.Record)
            : null;
    }

    private ConnectorInstance? Get(TenantId tenant, string id) => Volatile.Read(ref _instances).GetValueOrDefault((tenant.Text, id));

    private IEnumerable<ConnectorInstance> Of(TenantId tenant) => Instances.Where(instance => instance.Record.Tenant == tenant);

    private static List<FieldError> Names(string id, string environment)
    {
        var errors = new List<FieldError>();
        if (!Ids().IsMatch(id))
        {
            errors.Add(new FieldError("/id", "format", "An id is 1 to 64 of [a-z0-9-]."));
        }

        if (environment is not (ConnectionText.Live or ConnectionText.Sandbox))
        {
            errors.Add(new FieldError("/environment", "format", "The environment is live or sandbox."));
        }

        return errors;
    }

    private static bool PlainAllowed(ConnectionAuthor by) => by.ManagedBy == ConnectionText.Api;

    private static Refusal NotFound(string id) => new(ConnectorErrors.NotFound, $"There is no connection '{id}'.");

    private static Refusal Managed(ConnectionRecord record) => new(ConnectorErrors.Managed, $"Connection '{record.Id}' is managed by: {record.ManagedBy}.");

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();
}
