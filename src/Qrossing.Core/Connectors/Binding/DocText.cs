using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>Summaries from the XML documentation that the build puts beside an assembly: an option is described once, where it is declared.</summary>
internal static partial class DocText
{
    private static readonly ConcurrentDictionary<Assembly, FrozenDictionary<string, string>> Files = new();

    /// <summary>A property's summary as plain text; null when there is no documentation file or no summary.</summary>
    public static string? Of(PropertyInfo property) =>
        property.DeclaringType is { FullName: { } type } declaring
        && Files.GetOrAdd(declaring.Assembly, Read).TryGetValue($"P:{type.Replace('+', '.')}.{property.Name}", out var summary)
            ? summary
            : null;

    private static FrozenDictionary<string, string> Read(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        if (!File.Exists(file))
        {
            return FrozenDictionary<string, string>.Empty;
        }

        using var xml = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(xml).Descendants("member")
            .Where(member => member.Attribute("name") is not null && member.Element("summary") is not null)
            .DistinctBy(member => member.Attribute("name")!.Value)
            .ToFrozenDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!));
    }

    private static string Plain(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.DescendantNodes())
        {
            switch (node)
            {
                case XText words:
                    text.Append(words.Value);
                    break;
                case XElement { IsEmpty: true } reference when Target(reference) is { } target:
                    text.Append(target);
                    break;
            }
        }

        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    // <see cref="P:Some.Type.Endpoint"/> reads as "Endpoint", <see langword="null"/> as "null".
    private static string? Target(XElement reference) =>
        reference.Attribute("cref")?.Value is { } cref ? cref[(cref.LastIndexOfAny(['.', ':']) + 1)..]
        : (reference.Attribute("langword") ?? reference.Attribute("name"))?.Value;

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
