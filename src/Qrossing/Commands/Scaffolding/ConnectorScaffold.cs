using System.Text.RegularExpressions;

namespace Qrossing.Commands.Scaffolding;

/// <summary>
/// Writes the folder of a new connector and its test fixture. What is written compiles, holds no stub, and fails the compliance suite for what
/// is missing: a capability, the README's text, the fixture.
/// </summary>
internal static partial class ConnectorScaffold
{
    private const string ConnectorFolder = $"src/{nameof(Qrossing)}.Connectors";
    private const string TestFolder = "tests/Qrossing.ContractTests";

    /// <summary>Template, and the file it becomes.</summary>
    private static readonly (string Template, string Path)[] Files =
    [
        ("Connector.txt", ConnectorFolder + "/{{Category}}/{{Name}}/{{Name}}Connector.cs"),
        ("Options.txt", ConnectorFolder + "/{{Category}}/{{Name}}/{{Name}}Options.cs"),
        ("Faults.txt", ConnectorFolder + "/{{Category}}/{{Name}}/{{Name}}Faults.cs"),
        ("Readme.txt", ConnectorFolder + "/{{Category}}/{{Name}}/README.md"),
        ("Fixture.txt", TestFolder + "/{{Category}}/{{Name}}/{{Name}}Fixture.cs"),
    ];

    /// <summary>Writes below a checkout; writes over nothing.</summary>
    /// <param name="targetRoot">The checkout's root, or any folder that has the same layout.</param>
    /// <param name="kind"><c>category.name</c> in <c>[a-z0-9_]</c>; <c>cloud.my_store</c> becomes <c>Cloud/MyStore</c>.</param>
    public static ScaffoldOutcome Write(string targetRoot, string kind)
    {
        if (!KindPattern().IsMatch(kind))
        {
            return ScaffoldOutcome.Refused($"'{kind}' is no kind: write category.name in [a-z0-9_], each part with a letter first.");
        }

        var files = Files.Select(file => (Path: Path.Combine(targetRoot, Fill(file.Path, kind)), Text: Fill(Read(file.Template), kind))).ToList();
        if (files.Find(file => File.Exists(file.Path)) is { Path: { } existing })
        {
            return ScaffoldOutcome.Refused($"{existing} is there already; nothing was written.");
        }

        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return ScaffoldOutcome.Done([.. files.Select(file => file.Path)]);
    }

    private static string Fill(string text, string kind)
    {
        var (category, name) = kind.Split('.') is [var first, var second] ? (Pascal(first), Pascal(second)) : (kind, kind);
        return text
            .Replace("{{kind}}", kind, StringComparison.Ordinal)
            .Replace("{{code}}", kind.Replace('.', '_'), StringComparison.Ordinal)
            .Replace("{{Category}}", category, StringComparison.Ordinal)
            .Replace("{{Name}}", name, StringComparison.Ordinal);
    }

    private static string Pascal(string snake) =>
        string.Concat(snake.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Read(string template)
    {
        using var resource = typeof(ConnectorScaffold).Assembly.GetManifestResourceStream($"{typeof(ConnectorScaffold).Namespace}.Templates.{template}")
            ?? throw new InvalidOperationException($"The template {template} is not embedded.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,31}\.[a-z][a-z0-9_]{0,31}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KindPattern();
}
