using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Qrossing.Tests.Docs;

/// <summary>Summaries of the XML documentation as Markdown: what is code there is code here.</summary>
internal static partial class DocComments
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Files = [];

    public static string Of(Type type) => Read(type.Assembly, $"T:{NameOf(type)}");

    public static string Of(PropertyInfo property) => Read(property.DeclaringType!.Assembly, $"P:{NameOf(property.DeclaringType)}.{property.Name}");

    public static string Of(FieldInfo field) => Read(field.DeclaringType!.Assembly, $"F:{NameOf(field.DeclaringType)}.{field.Name}");

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    /// <summary>Empty when nothing is written there: the pages' own test says where.</summary>
    private static string Read(Assembly assembly, string member)
    {
        lock (Files)
        {
            if (!Files.TryGetValue(assembly, out var members))
            {
                members = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml")).Descendants("member")
                    .Where(candidate => candidate.Element("summary") is not null)
                    .DistinctBy(candidate => candidate.Attribute("name")!.Value)
                    .ToDictionary(candidate => candidate.Attribute("name")!.Value, candidate => candidate.Element("summary")!);
                Files.Add(assembly, members);
            }

            return members.TryGetValue(member, out var summary) ? Blanks().Replace(Text(summary), " ").Trim() : string.Empty;
        }
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText words => words.Value,
                XElement { IsEmpty: true } reference => Target(reference) is { } target ? Markdown.Code(target) : string.Empty,
                XElement { Name.LocalName: "c" } code => Markdown.Code(code.Value),
                XElement other => Text(other),
                _ => string.Empty,
            });
        }

        return text.ToString();
    }

    private static string? Target(XElement reference) =>
        reference.Attribute("cref")?.Value is { } cref ? cref[(cref.LastIndexOfAny(['.', ':']) + 1)..]
        : (reference.Attribute("langword") ?? reference.Attribute("name"))?.Value;

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
