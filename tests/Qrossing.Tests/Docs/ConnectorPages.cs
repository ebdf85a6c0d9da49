using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors;
using Qrossing.Core.Connectors;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Docs;

/// <summary><c>docs/connectors/&lt;kind&gt;.md</c>: what the catalog knows of a kind, then its folder's README.</summary>
internal static class ConnectorPages
{
    public static IEnumerable<GeneratedPage> Make() => new ConnectorCatalog([typeof(FirstPartyConnectors).Assembly]).All.Select(Make);

    private static GeneratedPage Make(ConnectorDescription kind)
    {
        var folder = FolderOf(kind.ConnectorType);
        var page = new Markdown(kind.Kind, $"`{folder}`");
        page.Line(kind.Summary).Line()
            .Table(
                ["Property", "Value"],
                [
                    ["Stability", StabilityOf(kind.Stability)],
                    ["Most sensitive data it hands over", Markdown.Code(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.Data.ToString()))],
                    ["Capabilities", Markdown.Codes(kind.Capabilities.Select(capability => capability.Name))],
                    ["Folder", Markdown.Code(folder)],
                ]);
        page.Heading(2, "Options")
            .Line("Members of `options` in `POST /v1/connections`. A change makes a new instance without dropping calls; no restart.")
            .Line();
        var options = Options(kind.OptionsSchema, string.Empty).ToList();
        page.Table(["Member", "Type", "Default", "Range", "Meaning"], options);
        if (options.Count == 0)
        {
            page.Line("None: `{}`.");
        }

        page.Heading(2, "Writes")
            .Line("How the peer treats a repeat decides what the ledger does after an unknown outcome. *Window*: how long the peer remembers a key. *Absence horizon*: how long after the last possible sending the peer may still list a write late.")
            .Line();
        var writes = Writes(kind).ToList();
        page.Table(["Write", "Idempotency at the peer", "Window", "Absence horizon"], writes);
        if (writes.Count == 0)
        {
            page.Line("None.");
        }

        page.Heading(2, "In its own words");
        foreach (var line in File.ReadLines(RepositoryRoot.Combine(folder, "README.md")).Skip(1))
        {
            page.Line(line);
        }

        return new GeneratedPage($"{GeneratedPages.ConnectorFolder}/{kind.Kind}.md", page.ToString());
    }

    private static string StabilityOf(Stability stability) => stability switch
    {
        Stability.Alpha => "Alpha: a first slice; options may still change",
        Stability.Beta => "Beta: complete in use, minimum depth not yet shown by tests",
        _ => "Stable: the minimum depth is shown by tests",
    };

    // Qrossing.Connectors.Cloud.Local is the folder src/Qrossing.Connectors/Cloud/Local (an architecture test holds that).
    private static string FolderOf(Type connector)
    {
        var root = typeof(FirstPartyConnectors).Namespace!;
        return $"src/{root}{connector.Namespace![root.Length..].Replace('.', '/')}";
    }

    private static IEnumerable<string[]> Writes(ConnectorDescription kind) =>
        from capability in kind.Capabilities
        from method in capability.GetMethods()
        let repeats = method.GetCustomAttribute<RepeatsAttribute>()
        where repeats is not null
        select new[]
        {
            Markdown.Code($"{capability.Name}.{method.Name}"),
            repeats.How switch
            {
                PeerIdempotency.Key => "`Key`: the same call with the same key within the window, then lookup",
                PeerIdempotency.Content => "`Content`: repeated; a repeat changes nothing",
                PeerIdempotency.Natural => "`Natural`: looked up; the same stored bytes again when absent",
                _ => "`None`: lookup only, never repeated by the machine",
            },
            repeats.How == PeerIdempotency.Key ? $"{repeats.WindowHours} h" : "-",
            $"{repeats.AbsenceHorizonMilliseconds.ToString(CultureInfo.InvariantCulture)} ms",
        };

    /// <summary>The members of a schema, nested ones by their path: <c>operations.{name}.lookup.found</c>.</summary>
    private static IEnumerable<string[]> Options(JsonObject schema, string path)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        foreach (var (name, node) in schema["properties"]?.AsObject() ?? [])
        {
            var member = node as JsonObject ?? [];
            var at = path.Length == 0 ? name : $"{path}.{name}";
            yield return
            [
                Markdown.Code(at),
                TypeOf(member),
                required.Contains(name) ? "required" : DefaultOf(member),
                string.Join(", ", Ranges(member)),
                (string?)member["description"] ?? string.Empty,
            ];
            foreach (var nested in Options(member, at))
            {
                yield return nested;
            }

            if (member["additionalProperties"] is JsonObject entry)
            {
                foreach (var nested in Options(entry, $"{at}.{{name}}"))
                {
                    yield return nested;
                }
            }
        }
    }

    private static string TypeOf(JsonObject member)
    {
        var format = (string?)member["format"];
        var type = member["type"] switch
        {
            JsonArray several => several.Select(one => (string)one!).FirstOrDefault(one => one != "null") ?? "any",
            JsonValue one => (string)one!,
            _ => member.ContainsKey("enum") ? "string" : "any JSON",
        };
        return (type, format) switch
        {
            (_, "duration") => "duration",
            (_, "secret") => "secret (`env:NAME`, `file:PATH`, or plain over the API)",
            (_, "uri") => "absolute URL",
            ("array", _) => $"list of {TypeOf(member["items"] as JsonObject ?? [])}",
            ("object", _) when member["additionalProperties"] is JsonObject entry => $"object by name of {TypeOf(entry)}",
            _ => type,
        };
    }

    private static string DefaultOf(JsonObject member) => member["default"] switch
    {
        null => "none",
        JsonObject { Count: 0 } or JsonArray { Count: 0 } => "empty",
        JsonObject => "see its members",
        var value => Markdown.Code(value.ToJsonString()),
    };

    private static IEnumerable<string> Ranges(JsonObject member)
    {
        foreach (var (low, high) in new[] { ("minimum", "maximum"), ("formatMinimum", "formatMaximum") })
        {
            if (member.ContainsKey(low) && member.ContainsKey(high))
            {
                yield return $"{member[low]} to {member[high]}";
            }
        }

        if (member["minLength"] is { } least && member["maxLength"] is { } most)
        {
            yield return $"{least} to {most} characters";
        }
        else if (member["maxLength"] is { } longest)
        {
            yield return $"at most {longest} characters";
        }

        if (member["enum"] is JsonArray values)
        {
            yield return Markdown.Codes(values.Where(value => value is not null).Select(value => value!.ToString()));
        }

        if (member["pattern"] is { } pattern)
        {
            yield return Markdown.Code((string)pattern!);
        }
    }
}
