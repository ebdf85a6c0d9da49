using System.Security.Cryptography;
using System.Text.Json;

namespace Qrossing.Simulators.Modules.Qindex;

/// <summary>Every version of every key. A deleted or expired key starts again at version 1, as the module's pointers do; its history stays.</summary>
internal sealed class QindexStore
{
    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(30);

    private readonly Journal _journal;
    private readonly Dictionary<string, List<QindexVersion>> _history = [];

    public QindexStore(Journal journal)
    {
        _journal = journal;
        journal.Replay(entry => Apply(entry.Data.Deserialize(ModulesJson.Default.QindexVersion)!));
    }

    public IEnumerable<string> Keys => _history.Keys;

    public IReadOnlyList<QindexVersion> History(string key) => _history.TryGetValue(key, out var versions) ? versions : [];

    /// <summary>The versions since the key last began to exist, oldest first; empty when it does not exist now.</summary>
    public IReadOnlyList<QindexVersion> Live(string key, DateTimeOffset now)
    {
        var history = History(key);
        if (history.Count == 0 || history[^1] is not { Operation: not "delete" } last || last.ExpiresAt <= now)
        {
            return [];
        }

        var first = history.Count - 1;
        while (history[first].Operation is not "create")
        {
            first--;
        }

        return [.. history.Skip(first)];
    }

    public QindexVersion Put(string key, JsonElement value, JsonElement metadata, TimeSpan? ttl, DateTimeOffset now)
    {
        var previous = Live(key, now) is [.., var last] ? last : null;
        var stored = new QindexVersion
        {
            Key = key,
            Version = (previous?.Version ?? 0) + 1,
            Operation = previous is null ? "create" : "update",
            Cid = "",
            Timestamp = now,
            Value = value,
            Metadata = metadata,
            ExpiresAt = now + (ttl ?? DefaultRetention),
        };

        // The module names content by its own scheme, the hash of the whole record, which is no CID although the member is called so.
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(stored, ModulesJson.Default.QindexVersion));
        return Commit("put", stored with { Cid = $"qindex_{Convert.ToHexStringLower(hash)}" });
    }

    /// <summary>Null when there is nothing to delete.</summary>
    public QindexVersion? Delete(string key, DateTimeOffset now) => Live(key, now) is [.., var last]
        ? Commit("delete", last with { Operation = "delete", Timestamp = now, Value = null, ExpiresAt = null })
        : null;

    private QindexVersion Commit(string op, QindexVersion version)
    {
        _journal.Commit(new JournalEntry(op, version.Key, version.Timestamp, JsonSerializer.SerializeToElement(version, ModulesJson.Default.QindexVersion)));
        return version;
    }

    private void Apply(QindexVersion version)
    {
        if (!_history.TryGetValue(version.Key, out var versions))
        {
            _history[version.Key] = versions = [];
        }

        versions.Add(version);
    }
}
