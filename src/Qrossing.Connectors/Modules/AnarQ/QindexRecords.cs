using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;

namespace Qrossing.Connectors.Modules.AnarQ;

/// <summary>Finds a written value in Qindex again: in the newest version of its key, or in an earlier one that somebody wrote over.</summary>
internal sealed class QindexRecords(ModuleExchange exchange)
{
    /// <summary>Earlier versions that are looked at. A key of the gateway's own has one; more than this many is somebody else's key.</summary>
    private const int MaxEarlierVersions = 16;

    private static readonly FrozenDictionary<string, string> NoHeaders = FrozenDictionary<string, string>.Empty;

    /// <param name="key">The record's key.</param>
    /// <param name="isOurs">Whether a version's value is the one that was written.</param>
    /// <param name="since">For a key that others write to as well: what Qindex dates earlier is somebody else's, however equal, and says nothing about ours. Null: the key alone names the write.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async ValueTask<ConnectorResult<Lookup<QindexVersion>>> FindAsync(
        string key, Func<JsonElement, bool> isOurs, DateTimeOffset? since, ConnectorCall call, CancellationToken cancellationToken)
    {
        var newest = await GetAsync(key, version: null, call, cancellationToken);
        if (newest is { IsSuccess: true, Value: Lookup<QindexVersion>.DefinitelyAbsent })
        {
            return await UnlessForgottenAsync(key, versions: 0, newest.Value, call, cancellationToken);
        }

        if (!newest.IsSuccess || newest.Value is not Lookup<QindexVersion>.Found { Result: var latest })
        {
            return newest;
        }

        if (isOurs(latest.Value))
        {
            return Dated(latest, since);
        }

        for (var version = latest.Version - 1; version >= 1; version--)
        {
            if (latest.Version - version > MaxEarlierVersions)
            {
                return new Lookup<QindexVersion>.CannotTell($"The key has {latest.Version} versions, and ours is not among the last {MaxEarlierVersions}.");
            }

            var earlier = await GetAsync(key, version, call, cancellationToken);
            if (!earlier.IsSuccess)
            {
                return earlier;
            }

            if (earlier.Value is not Lookup<QindexVersion>.Found { Result: var found })
            {
                return new Lookup<QindexVersion>.CannotTell($"Version {version} of the key is not kept any more.");
            }

            if (isOurs(found.Value))
            {
                return Dated(found, since);
            }
        }

        return await UnlessForgottenAsync(key, latest.Version, new Lookup<QindexVersion>.Superseded($"version {latest.Version}"), call, cancellationToken);
    }

    /// <summary>A version with our value: ours, unless it may be older than the write that is looked for. Qindex dates to the millisecond.</summary>
    private static Lookup<QindexVersion> Dated(QindexVersion found, DateTimeOffset? since)
    {
        if (since is not { } earliest)
        {
            return new Lookup<QindexVersion>.Found(found);
        }

        var dated = DateTimeOffset.TryParse(found.Timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        return dated && at.ToUnixTimeMilliseconds() >= earliest.ToUnixTimeMilliseconds()
            ? new Lookup<QindexVersion>.Found(found)
            : new Lookup<QindexVersion>.CannotTell($"Version {found.Version} has the same value and is {(dated ? "older than the request" : "not dated")}: it may be another's.");
    }

    /// <summary>
    /// A deleted or expired key starts again at version 1, so what cannot be seen now may have been there. The history keeps every
    /// operation: when it has more of them than there are versions, nobody can tell.
    /// </summary>
    private async ValueTask<ConnectorResult<Lookup<QindexVersion>>> UnlessForgottenAsync(string key, long versions, Lookup<QindexVersion> conclusion, ConnectorCall call, CancellationToken cancellationToken)
    {
        var sent = await AskAsync($"/qindex/history/{Uri.EscapeDataString(key)}?limit=1", call, cancellationToken);
        if (!sent.IsSuccess)
        {
            return sent.Fault;
        }

        if (sent.Value.Status == 404 && SaysAbsent(sent.Value.Body, key))
        {
            return conclusion;
        }

        var reply = exchange.Normalise(sent.Value, call);
        if (!reply.IsSuccess)
        {
            return reply.Fault;
        }

        if (!ModuleData.TryRead(reply.Value.Data, AnarQJson.Default.QindexHistory, out var history) || history.Total is not { } total)
        {
            return AnarQFaults.ReplyUnreadable;
        }

        return total <= versions ? conclusion : new Lookup<QindexVersion>.CannotTell("The key was deleted or expired and may have held the value before.");
    }

    private ValueTask<ConnectorResult<PeerReply>> AskAsync(string path, ConnectorCall call, CancellationToken cancellationToken) =>
        exchange.SendAsync(new ModuleRequest { Method = "GET", PathAndQuery = path, Headers = NoHeaders, Body = default }, call, cancellationToken);

    private async ValueTask<ConnectorResult<Lookup<QindexVersion>>> GetAsync(string key, long? version, ConnectorCall call, CancellationToken cancellationToken)
    {
        var sent = await AskAsync($"/qindex/get/{Uri.EscapeDataString(key)}" + (version is { } number ? $"?version={number}" : ""), call, cancellationToken);
        if (!sent.IsSuccess)
        {
            return sent.Fault;
        }

        if (sent.Value.Status == 404)
        {
            return SaysAbsent(sent.Value.Body, key)
                ? new Lookup<QindexVersion>.DefinitelyAbsent()
                : new Lookup<QindexVersion>.CannotTell("A 404 that does not speak of the key: it may come from something in front of Qindex.");
        }

        var reply = exchange.Normalise(sent.Value, call);
        if (!reply.IsSuccess)
        {
            return reply.Fault;
        }

        return ModuleData.TryRead(reply.Value.Data, AnarQJson.Default.QindexVersion, out var found) && found.Key == key && found.Version >= 1
            ? new Lookup<QindexVersion>.Found(found)
            : AnarQFaults.ReplyUnreadable;
    }

    /// <summary>Qindex names the key it does not have; the client library's code for the same is QINDEX_NOT_FOUND.</summary>
    private static bool SaysAbsent(byte[] body, string key) =>
        ModuleData.TryRead(body, AnarQJson.Default.QindexAbsence, out var absence)
        && (absence.Key == key || absence.Code == "QINDEX_NOT_FOUND");
}
