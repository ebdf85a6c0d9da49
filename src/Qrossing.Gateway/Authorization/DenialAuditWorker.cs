using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Authorization;

/// <summary>
/// Audits refusals: one entry per minute, source and reason, with a count, so that nobody can fill the disk by being refused.
/// The counts of a minute that a crash cuts off are lost; the refusals themselves had no effect.
/// </summary>
internal sealed class DenialAuditWorker(IWriter writer, TimeProvider clock, ILogger<DenialAuditWorker> log) : BackgroundService
{
    /// <summary>Sources told apart in one minute; the rest counts as one.</summary>
    private const int MaxSources = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Denial, long> _counts = new();
    private int _sources; // of _counts, kept beside it: counting a concurrent dictionary takes all its locks

    /// <summary>A request without a valid credential.</summary>
    public void Unauthenticated(HttpContext http) =>
        Count(new Denial(TenantId.Default, "anonymous", http.Connection.RemoteIpAddress?.ToString() ?? "unknown", "access.unauthenticated"));

    /// <summary>A caller without the permission.</summary>
    public void Forbidden(HttpContext http, Caller caller, string permission) =>
        Count(new Denial(caller.Tenant, caller.Credential, http.Connection.RemoteIpAddress?.ToString() ?? "unknown", $"access.forbidden:{permission}"));

    /// <summary>A caller that may do such things, but not this one.</summary>
    public void Refused(HttpContext http, Caller caller, string code) =>
        Count(new Denial(caller.Tenant, caller.Credential, http.Connection.RemoteIpAddress?.ToString() ?? "unknown", code));

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The last counts are written by StopAsync.
        }
    }

    private void Count(Denial denial)
    {
        var key = Volatile.Read(ref _sources) < MaxSources || _counts.ContainsKey(denial) ? denial : denial with { Source = "others" };
        Add(key, 1);
    }

    private void Add(Denial denial, long more)
    {
        while (true)
        {
            if (_counts.TryGetValue(denial, out var count))
            {
                if (_counts.TryUpdate(denial, count + more, count))
                {
                    return;
                }
            }
            else if (_counts.TryAdd(denial, more))
            {
                Interlocked.Increment(ref _sources);
                return;
            }
        }
    }

    private async Task FlushAsync()
    {
        var taken = new List<KeyValuePair<Denial, long>>();
        foreach (var denial in _counts.Keys)
        {
            if (_counts.TryRemove(denial, out var count))
            {
                Interlocked.Decrement(ref _sources);
                taken.Add(new(denial, count));
            }
        }

        if (taken.Count == 0)
        {
            return;
        }

        try
        {
            await writer.WriteAsync(session =>
            {
                foreach (var (denial, count) in taken)
                {
                    session.Append(Draft(denial, count));
                }

                return true;
            });
        }
        catch (StorageUnavailableException trouble)
        {
            HttpLog.DenialsNotWritten(log, trouble);
            foreach (var (denial, count) in taken)
            {
                Add(denial, count);
            }
        }
    }

    private static AuditDraft Draft(Denial denial, long count) => new()
    {
        Tenant = denial.Tenant,
        Action = "access.denied",
        Actor = denial.Actor,
        Verdict = "deny",
        Payload = new JsonObject { ["reason"] = denial.Reason, ["source"] = denial.Source, ["count"] = count },
    };

    private sealed record Denial(TenantId Tenant, string Actor, string Source, string Reason);
}
