using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Qrossing.Simulators.Modules.Qindex;

/// <summary>Qindex, mounted at <c>/qindex</c> below its prefix. It authenticates nobody and copies <c>x-identity-id</c> into the record's metadata.</summary>
internal sealed partial class QindexEndpoints(Journal journal, DateTimeOffset startedAt) : SimulatedModule(journal)
{
    private static readonly string[] Sorts = ["created_asc", "created_desc", "updated_asc", "updated_desc"];

    private readonly QindexStore _store = new(journal);

    public override string Name => "qindex";

    public override IReadOnlyList<ModuleRoute> Routes =>
    [
        new("GET", "/health", Health),
        new("POST", "/qindex/put", Put),
        new("GET", "/qindex/get/{key}", Get),
        new("GET", "/qindex/list", List),
        new("GET", "/qindex/history/{key}", History),
        new("DELETE", "/qindex/delete/{key}", Delete),
        new("GET", "/qindex/stats", Stats),
    ];

    public override ModuleAnswer Error(ModuleCall call, ModuleError error) => new(error.Status, QindexWire.Error(error, call.Now));

    private ModuleAnswer Health(ModuleCall call) => new(200, new JsonObject
    {
        ["status"] = "healthy",
        ["timestamp"] = QindexWire.Time(call.Now),
        ["version"] = "1.0.0",
        ["mode"] = "standalone",
        ["initialized"] = true,
        ["uptime"] = (long)(call.Now - startedAt).TotalSeconds,
    });

    private ModuleAnswer Put(ModuleCall call)
    {
        var body = new BodyCheck(call.Body);
        var key = body.String("key", required: true, max: 255, pattern: KeyPattern());
        var value = body.Any("value", required: true);
        if (body.Inside("options") is { } options)
        {
            options.Flag("encrypt");
            options.Flag("pin");
            options.String("version", max: 50);
        }

        int? ttl = null;
        if (body.Inside("metadata") is { } checkedMetadata)
        {
            checkedMetadata.String("contentType", max: 100);
            checkedMetadata.Strings("tags", maxItems: 20, maxLength: 50);
            checkedMetadata.String("identity", max: 255);
            checkedMetadata.String("description", max: 500);
            checkedMetadata.String("category", max: 100);
            ttl = checkedMetadata.Number("ttl", 1, 31_536_000);
        }

        if (!body.Ok)
        {
            return Error(call, ModuleError.Validation(body.Violations));
        }

        var metadata = RecordMetadata(call, body.Object("metadata"), value!.Value);
        return new ModuleAnswer(201, QindexWire.Put(_store.Put(key!, value.Value, metadata, ttl is { } seconds ? TimeSpan.FromSeconds(seconds) : null, call.Now)));
    }

    private ModuleAnswer Get(ModuleCall call) => WithKey(call, key =>
    {
        var live = _store.Live(key, call.Now);
        var found = call.Query("version") is { } version
            ? live.FirstOrDefault(candidate => candidate.Version.ToString(CultureInfo.InvariantCulture) == version)
            : live is [.., var current] ? current : null;
        return found is null ? NotFound(call, key) : new ModuleAnswer(200, QindexWire.Get(found));
    });

    private ModuleAnswer History(ModuleCall call) => WithKey(call, key =>
    {
        List<Violation> violations = [];
        var (limit, offset) = Page(call, violations);
        if (violations.Count > 0)
        {
            return Error(call, ModuleError.Validation(violations));
        }

        var history = _store.History(key);
        return new ModuleAnswer(200, new JsonObject
        {
            ["key"] = key,
            ["history"] = new JsonArray([.. history.Reverse().Skip(offset).Take(limit).Select(QindexWire.HistoryEntry)]),
            ["total"] = history.Count,
            ["hasMore"] = history.Count > offset + limit,
        });
    });

    private ModuleAnswer Delete(ModuleCall call) => WithKey(call, key =>
        _store.Delete(key, call.Now) is { } entry ? new ModuleAnswer(200, QindexWire.Deleted(entry)) : NotFound(call, key));

    private ModuleAnswer List(ModuleCall call)
    {
        List<Violation> violations = [];
        var (limit, offset) = Page(call, violations);
        var sort = call.Query("sort") ?? "created_desc";
        if (!Sorts.Contains(sort))
        {
            violations.Add(new Violation("sort", $"must be one of {string.Join(", ", Sorts)}", JsonSerializer.SerializeToElement(sort, ModulesJson.Default.String)));
        }

        if (violations.Count > 0)
        {
            return Error(call, ModuleError.Validation(violations));
        }

        var tags = call.Query("tags")?.Split(',') ?? [];
        var records = _store.Keys
            .Where(key => key.StartsWith(call.Query("prefix") ?? "", StringComparison.Ordinal))
            .Select(key => _store.Live(key, call.Now))
            .Where(live => live.Count > 0 && Matches(live[^1], call.Query("contentType"), tags));
        records = sort switch
        {
            "created_asc" => records.OrderBy(live => live[0].Timestamp),
            "created_desc" => records.OrderByDescending(live => live[0].Timestamp),
            "updated_asc" => records.OrderBy(live => live[^1].Timestamp),
            _ => records.OrderByDescending(live => live[^1].Timestamp),
        };

        var all = records.ToArray();
        var hasMore = all.Length > offset + limit;
        return new ModuleAnswer(200, new JsonObject
        {
            ["records"] = new JsonArray([.. all.Skip(offset).Take(limit).Select(live => QindexWire.Summary(live[^1], live[0].Timestamp))]),
            ["total"] = all.Length,
            ["hasMore"] = hasMore,
            ["nextCursor"] = hasMore ? (offset + limit).ToString() : null,
        });
    }

    private ModuleAnswer Stats(ModuleCall call)
    {
        var live = _store.Keys.Select(key => _store.Live(key, call.Now)).Where(versions => versions.Count > 0).ToArray();
        var byContentType = new JsonObject();
        foreach (var group in live.GroupBy(versions => versions[^1].Metadata!.Value.GetProperty("contentType").GetString()!))
        {
            byContentType[group.Key] = group.Count();
        }

        return new ModuleAnswer(200, new JsonObject
        {
            ["storage"] = new JsonObject
            {
                ["local"] = new JsonObject
                {
                    ["totalRecords"] = _store.Keys.Sum(key => _store.History(key).Count(version => version.Operation != "delete")),
                    ["totalSize"] = _store.Keys.Sum(key => _store.History(key).Sum(version => (long)(version.Value?.GetRawText().Length ?? 0))),
                },
                ["ipfs"] = new JsonObject { ["available"] = false, ["pinnedRecords"] = 0 },
            },
            ["pointers"] = new JsonObject
            {
                ["totalPointers"] = live.Length,
                ["byContentType"] = byContentType,
                ["averageVersion"] = live.Length == 0 ? 0 : live.Average(versions => versions[^1].Version),
                ["oldestPointer"] = live.MinBy(versions => versions[0].Timestamp)?[0].Key,
                ["newestPointer"] = live.MaxBy(versions => versions[0].Timestamp)?[0].Key,
            },
        });
    }

    private static bool Matches(QindexVersion current, string? contentType, string[] tags)
    {
        var metadata = current.Metadata!.Value;
        return (contentType is null || metadata.GetProperty("contentType").GetString() == contentType)
            && (tags.Length == 0 || (metadata.TryGetProperty("tags", out var own) && own.ValueKind is JsonValueKind.Array && own.EnumerateArray().Any(tag => tags.Contains(tag.GetString(), StringComparer.OrdinalIgnoreCase))));
    }

    /// <summary>The caller's metadata, and what the module adds: the identity header, a default content type, the time and the value's size.</summary>
    private static JsonElement RecordMetadata(ModuleCall call, JsonElement? given, JsonElement value)
    {
        var metadata = given is { } element ? JsonObject.Create(element)! : [];
        if (call.Header("x-identity-id") is { } identity)
        {
            metadata["identity"] = identity;
        }

        metadata["contentType"] ??= "application/json";
        metadata["timestamp"] = QindexWire.Time(call.Now);
        metadata["size"] = value.GetRawText().Length;
        return JsonSerializer.SerializeToElement(metadata, ModulesJson.Default.JsonObject);
    }

    private static (int Limit, int Offset) Page(ModuleCall call, List<Violation> violations) =>
        (call.QueryNumber("limit", 50, 1, 1_000, violations), call.QueryNumber("offset", 0, 0, int.MaxValue, violations));

    private ModuleAnswer WithKey(ModuleCall call, Func<string, ModuleAnswer> handler)
    {
        var key = call.LastSegment();
        return key.Length <= 255 && KeyPattern().IsMatch(key)
            ? handler(key)
            : Error(call, ModuleError.Validation([new Violation("key", "may have letters, digits, dots, underscores, slashes and hyphens, at most 255", null)]));
    }

    /// <summary>The one refusal that is not made by the module's error handler: it has the key and no message.</summary>
    private static ModuleAnswer NotFound(ModuleCall call, string key) =>
        new(404, new JsonObject { ["error"] = "Record not found", ["key"] = key, ["timestamp"] = QindexWire.Time(call.Now) });

    [GeneratedRegex(@"^[a-zA-Z0-9._/-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyPattern();
}
