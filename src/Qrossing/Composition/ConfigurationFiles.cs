using YamlDotNet.RepresentationModel;

namespace Qrossing.Composition;

/// <summary>Where configuration comes from, weakest first: <c>appsettings.json</c>, <c>qrossing.yaml</c>, <c>qrossing.&lt;environment&gt;.yaml</c>, environment <c>QROSSING__Section__Key</c>.</summary>
internal static class ConfigurationFiles
{
    /// <summary>Variables with this prefix are keys; others with <c>QROSSING_</c> (one underscore) are not configuration.</summary>
    public const string EnvironmentPrefix = "QROSSING__";

    /// <summary>The files of the working directory that are read, whether they are there or not.</summary>
    public static IReadOnlyList<string> Paths => PathsIn(Directory.GetCurrentDirectory(), EnvironmentName);

    /// <summary>Which <c>qrossing.&lt;environment&gt;.yaml</c> counts.</summary>
    public static string EnvironmentName => Environment.GetEnvironmentVariable("QROSSING_ENVIRONMENT") ?? "production";

    /// <summary>Reads everything; a file that cannot be read is a sentence for the operator, not a stack trace.</summary>
    public static IConfigurationRoot Load(string directory, string environment)
    {
        var files = PathsIn(directory, environment);
        var builder = new ConfigurationBuilder()
            .AddJsonFile(files[0], optional: true)
            .AddInMemoryCollection(Yaml(files[1]))
            .AddInMemoryCollection(Yaml(files[2]))
            .AddEnvironmentVariables(EnvironmentPrefix);
        try
        {
            return builder.Build();
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidDataException)
        {
            throw new ConfigurationException([unreadable.InnerException?.Message ?? unreadable.Message]);
        }
    }

    private static string[] PathsIn(string directory, string environment) =>
        [.. new[] { "appsettings.json", "qrossing.yaml", $"qrossing.{environment}.yaml" }.Select(name => Path.GetFullPath(Path.Combine(directory, name)))];

    private static Dictionary<string, string?> Yaml(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            if (yaml.Documents.Count > 0)
            {
                Flatten(yaml.Documents[0].RootNode, string.Empty, values);
            }

            return values;
        }
        catch (YamlDotNet.Core.YamlException unreadable)
        {
            throw new ConfigurationException([$"{Path.GetFileName(path)}: {unreadable.Message} (line {unreadable.Start.Line})"]);
        }
    }

    private static void Flatten(YamlNode node, string key, Dictionary<string, string?> values)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (name, child) in map.Children)
                {
                    Flatten(child, Join(key, name.ToString()), values);
                }

                break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++)
                {
                    Flatten(list.Children[i], Join(key, i.ToString()), values);
                }

                break;
            case YamlScalarNode scalar:
                values[key] = scalar.Value;
                break;
        }
    }

    private static string Join(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";
}
