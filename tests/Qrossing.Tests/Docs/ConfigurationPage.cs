using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Qrossing.Abstractions.Connectors;
using Qrossing.Composition;

namespace Qrossing.Tests.Docs;

/// <summary><c>docs/configuration.md</c>: every key of <see cref="QrossingOptions"/>.</summary>
internal static class ConfigurationPage
{
    private const string Path = "docs/configuration.md";
    private static readonly string[] Columns = ["Key", "Environment", "Type", "Default", "Range", "Meaning"];

    // Variables of the process that are not keys. The first two and the last are ours; the others are standards.
    private static readonly string[][] Variables =
    [
        ["QROSSING_ADMIN_KEY", "The administrator's key, `qk_<environment>_<id>_<secret>`. Default: made on the very first start and shown this once. A key that does not match the grammar stops the start with exit code 2."],
        ["QROSSING_ENVIRONMENT", "Which `qrossing.<environment>.yaml` is read. Default `production`."],
        ["QROSSING_KEY", "The API key of the client verbs (`doctor`), instead of `--key`."],
        ["ASPNETCORE_URLS", $"Listeners, separated by semicolons. Default `{GatewayHost.DefaultUrl}`."],
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "Counts when `Telemetry:OtlpEndpoint` is not set; the other `OTEL_*` variables of the OpenTelemetry specification hold too."],
        ["QROSSING_CRASH_AT", "Tests only: see [crash-points.md](crash-points.md)."],
    ];

    public static GeneratedPage Make()
    {
        var page = new Markdown("Configuration", "`src/Qrossing/Composition/QrossingOptions.cs` and the options it holds");
        page.Line("Sets the process; resources (connections, keys, subscriptions) live in the database and change through the API. Sources, the weakest first: `appsettings.json`, `qrossing.yaml`, `qrossing.<environment>.yaml` in the working")
            .Line("directory, environment variables. Names are not case-sensitive. A list in one variable is separated by commas. Durations are `hh:mm:ss[.fff]`, `d.hh:mm:ss` or ISO 8601 (`PT30S`); `...Bytes` are bytes. Secrets are `env:NAME` or `file:PATH`, never plain text.")
            .Line()
            .Line("**Reload:** no key is read again while the process runs; a change takes effect at the next start. An unknown key, or a value outside its range, stops the start with exit code 2; all failures are named at once.");
        foreach (var section in typeof(QrossingOptions).GetProperties())
        {
            Section(page, section.PropertyType, section.Name, DocComments.Of(section));
        }

        page.Heading(2, "Environment variables that are not keys").Table(["Variable", "Meaning"], Variables.Select(variable => new[] { Markdown.Code(variable[0]), variable[1] }));
        return new GeneratedPage(Path, page.ToString());
    }

    private static void Section(Markdown page, Type declared, string key, string says)
    {
        var (type, prefix) = EntryOf(declared) is { } entry ? (entry, $"{key}:{{name}}") : (declared, key);
        page.Heading(2, Markdown.Code(prefix)).Line(says).Line();
        var properties = Settable(type).ToList();
        var defaults = Activator.CreateInstance(type)!;
        page.Table(Columns, properties.Where(property => !IsSection(property.PropertyType)).Select(property => Row(property, prefix, defaults)));
        foreach (var nested in properties.Where(property => IsSection(property.PropertyType)))
        {
            Section(page, nested.PropertyType, $"{prefix}:{nested.Name}", DocComments.Of(nested));
        }
    }

    private static string[] Row(PropertyInfo property, string prefix, object defaults)
    {
        var key = $"{prefix}:{property.Name}";
        var required = property.IsDefined(typeof(RequiredAttribute)) && property.GetValue(defaults) is null;
        return
        [
            Markdown.Code(key),
            Markdown.Code($"{ConfigurationFiles.EnvironmentPrefix}{key.Replace(":", "__", StringComparison.Ordinal)}"),
            TypeOf(property),
            required ? "none; required" : Default(property.GetValue(defaults)),
            string.Join(", ", property.GetCustomAttributes<ValidationAttribute>().Select(Range).Where(range => range.Length > 0)),
            DocComments.Of(property),
        ];
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    // The same distinction as ConfigurationBinding makes: what is no single value and no list is a section.
    private static bool IsSection(Type type) =>
        EntryOf(type) is not null || (type.IsClass && type != typeof(string) && type != typeof(Uri) && type != typeof(SecretRef) && !type.IsAssignableTo(typeof(IEnumerable)));

    private static Type? EntryOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? type.GetGenericArguments()[1] : null;

    private static string TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when type == typeof(TimeSpan) => "duration",
            _ when type == typeof(bool) => "`true`, `false`",
            _ when type == typeof(Uri) => "absolute URL",
            _ when type == typeof(SecretRef) => "secret",
            _ when type == typeof(string) => "text",
            _ when type.IsEnum => Markdown.Codes(Enum.GetNames(type)),
            _ when type.IsAssignableTo(typeof(IEnumerable)) => "list of texts",
            _ when type == typeof(double) => "number",
            _ => property.Name.Contains("Bytes", StringComparison.Ordinal) ? "whole number, bytes" : "whole number",
        };
    }

    private static string Default(object? value) => value switch
    {
        null => "none",
        string { Length: 0 } => "empty",
        TimeSpan duration => Markdown.Code(duration.ToString("c", CultureInfo.InvariantCulture)),
        bool truth => truth ? "`true`" : "`false`",
        ICollection { Count: 0 } => "empty",
        IFormattable number => Markdown.Code(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Markdown.Code(value.ToString()!),
    };

    private static string Range(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => $"{Convert.ToString(range.Minimum, CultureInfo.InvariantCulture)} to {Convert.ToString(range.Maximum, CultureInfo.InvariantCulture)}",
        StringLengthAttribute length => $"{length.MinimumLength} to {length.MaximumLength} characters",
        AllowedValuesAttribute allowed => Markdown.Codes(allowed.Values.Select(value => value?.ToString() ?? "null")),
        RegularExpressionAttribute pattern => Markdown.Code(pattern.Pattern),
        RequiredAttribute => string.Empty,
        _ => throw new InvalidOperationException($"The configuration page does not know how to say {rule.GetType().Name}."),
    };
}
