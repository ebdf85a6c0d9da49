using System.Text.Json;
using System.Text.RegularExpressions;
using Qrossing.Connectors.Http.OpenApi.Schemas;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Http.OpenApi.Document;

/// <summary>
/// Reads paths, parameters and bodies (OpenAPI 3.1.0 sections 4.8.8 to 4.8.14, 3.0.3 alike). An operation without <c>operationId</c> cannot be
/// named and is not offered; whatever an offered operation needs and this connector cannot do is a problem with its place.
/// </summary>
internal sealed partial class DocumentReader(DocumentReferences references, SchemaReader schemas, List<DocumentProblem> problems)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    /// <summary>Header parameters that a document may not describe (section 4.8.12.2): the message's own framing and credentials.</summary>
    private static readonly string[] IgnoredHeaders = ["Accept", "Content-Type", "Authorization"];

    /// <summary>A member that is text; null otherwise.</summary>
    public static string? Text(JsonElement element, string name) =>
        TryMember(element, name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool TryMember(JsonElement element, string name, out JsonElement member)
    {
        member = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out member);
    }

    /// <summary>The members of a member that is an object; none otherwise.</summary>
    public static IEnumerable<JsonProperty> Members(JsonElement element, string name) =>
        TryMember(element, name, out var member) && member.ValueKind == JsonValueKind.Object ? member.EnumerateObject() : [];

    public Dictionary<string, ApiOperation> ReadOperations(JsonElement document)
    {
        var operations = new Dictionary<string, ApiOperation>();
        foreach (var path in Members(document, "paths").Where(path => path.Name.StartsWith('/')))
        {
            var place = $"/paths/{JsonPointer.Escape(path.Name)}";
            if (references.Resolve(path.Value, place) is not { } item)
            {
                continue;
            }

            foreach (var method in Methods)
            {
                if (!TryMember(item.Element, method, out var element) || Text(element, "operationId") is not { } id)
                {
                    continue;
                }

                var operation = ReadOperation(id, method.ToUpperInvariant(), path.Name, item.Element, element, $"{item.Pointer}/{method}", item.Pointer);
                if (!operations.TryAdd(id, operation))
                {
                    problems.Add(new DocumentProblem($"{item.Pointer}/{method}", $"has the operationId '{id}' of another operation"));
                }
            }
        }

        return operations;
    }

    private ApiOperation ReadOperation(string id, string method, string path, JsonElement item, JsonElement element, string pointer, string itemPointer)
    {
        var parameters = new Dictionary<(string Name, string In), ApiParameter>();
        ReadParameters(item, itemPointer, parameters);
        ReadParameters(element, pointer, parameters);
        CheckNames(path, pointer, [.. parameters.Values]);
        return new ApiOperation
        {
            Id = id,
            Method = method,
            Path = path,
            Summary = Text(element, "summary"),
            Parameters = [.. parameters.Values],
            Body = ReadBody(element, pointer),
            RepliesJson = RepliesJson(element, pointer),
        };
    }

    /// <summary>A parameter of the operation takes the place of the path's with the same name and place.</summary>
    private void ReadParameters(JsonElement owner, string pointer, Dictionary<(string Name, string In), ApiParameter> parameters)
    {
        if (!TryMember(owner, "parameters", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            if (references.Resolve(element, $"{pointer}/parameters/{index}") is { } found && ReadParameter(found.Element, found.Pointer) is { } parameter)
            {
                parameters[(parameter.Name, parameter.Place.ToString())] = parameter;
            }
        }
    }

    private ApiParameter? ReadParameter(JsonElement element, string pointer)
    {
        if (Text(element, "name") is not { Length: > 0 } name || Text(element, "in") is not { } where)
        {
            problems.Add(new DocumentProblem(pointer, "has no name or no place"));
            return null;
        }

        if (where == "header" && IgnoredHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        if (where is not ("path" or "query" or "header"))
        {
            problems.Add(new DocumentProblem(pointer, $"is a {where} parameter, which is not supported"));
            return null;
        }

        var style = where == "query" ? "form" : "simple";
        if (Text(element, "style") is { } other && other != style)
        {
            problems.Add(new DocumentProblem(pointer, $"has the style '{other}', which is not supported"));
        }

        if (IsTrue(element, "allowReserved"))
        {
            problems.Add(new DocumentProblem(pointer, "has allowReserved, which is not supported"));
        }

        if (!TryMember(element, "schema", out var schema))
        {
            problems.Add(new DocumentProblem(pointer, "has no schema"));
            return null;
        }

        return new ApiParameter(
            name,
            Enum.Parse<ParameterPlace>(where, ignoreCase: true),
            IsTrue(element, "required") || where == "path",
            TryMember(element, "explode", out var explode) ? explode.ValueKind == JsonValueKind.True : where == "query",
            schemas.Read(schema, pointer + "/schema"));
    }

    /// <summary>Callers give parameters by name alone, and a template is filled by name.</summary>
    private void CheckNames(string path, string pointer, IReadOnlyList<ApiParameter> parameters)
    {
        foreach (var name in parameters.GroupBy(parameter => parameter.Name).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            problems.Add(new DocumentProblem(pointer, $"has two parameters named '{name}'"));
        }

        var inTemplate = TemplateNames().Matches(path).Select(match => match.Groups["name"].Value).ToHashSet();
        var inPath = parameters.Where(parameter => parameter.Place == ParameterPlace.Path).Select(parameter => parameter.Name).ToHashSet();
        if (!inTemplate.SetEquals(inPath))
        {
            problems.Add(new DocumentProblem(pointer, "has other path parameters than its path"));
        }
    }

    private ApiBody? ReadBody(JsonElement operation, string pointer)
    {
        if (!TryMember(operation, "requestBody", out var element) || references.Resolve(element, pointer + "/requestBody") is not { } body)
        {
            return null;
        }

        var json = Members(body.Element, "content").FirstOrDefault(media => IsJson(media.Name));
        if (json.Value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new DocumentProblem(body.Pointer, "has no JSON content, which is the only kind supported"));
            return null;
        }

        var schema = TryMember(json.Value, "schema", out var given)
            ? schemas.Read(given, $"{body.Pointer}/content/{JsonPointer.Escape(json.Name)}/schema")
            : Schema.Anything;
        return new ApiBody(IsTrue(body.Element, "required"), json.Name, schema);
    }

    private bool RepliesJson(JsonElement operation, string pointer)
    {
        var media = Members(operation, "responses")
            .Where(response => response.Name.StartsWith('2'))
            .Select(response => references.Resolve(response.Value, $"{pointer}/responses/{response.Name}"))
            .Where(response => response is not null)
            .SelectMany(response => Members(response!.Value.Element, "content"))
            .Select(content => content.Name)
            .ToList();
        return media.Count > 0 && media.TrueForAll(IsJson);
    }

    /// <summary><c>application/json</c> or a type with the suffix <c>+json</c> (RFC 6839 section 3.1), parameters aside.</summary>
    public static bool IsJson(string? mediaType)
    {
        var bare = mediaType?.Split(';', 2)[0].Trim() ?? "";
        return bare.Equals("application/json", StringComparison.OrdinalIgnoreCase) || bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsTrue(JsonElement element, string name) => TryMember(element, name, out var value) && value.ValueKind == JsonValueKind.True;

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TemplateNames();
}
