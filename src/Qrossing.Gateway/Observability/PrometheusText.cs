using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Qrossing.Gateway.Observability;

/// <summary>The Prometheus text exposition format 0.0.4, and how instrument names become metric names (OpenTelemetry compatibility specification).</summary>
internal static class PrometheusText
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string TotalSuffix = "_total";

    /// <summary>Writes the families in the order given.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeName(family.Kind)).Append('\n');
            if (family.Unit is not null)
            {
                text.Append("# UNIT ").Append(family.Name).Append(' ').Append(family.Unit).Append('\n');
            }

            foreach (var sample in family.Samples)
            {
                Write(text, family, sample);
            }
        }

        return text.ToString();
    }

    /// <summary>The metric name of an instrument and its base unit.</summary>
    public static (string Name, string? Unit) NameOf(string instrument, string? unit, MetricKind kind)
    {
        var name = Sanitize(instrument);
        var suffix = unit switch
        {
            "s" => "seconds",
            "By" => "bytes",
            _ => null,
        };
        if (suffix is not null && !name.EndsWith('_' + suffix, StringComparison.Ordinal))
        {
            name = $"{name}_{suffix}";
        }

        if (kind == MetricKind.Counter && !name.EndsWith(TotalSuffix, StringComparison.Ordinal))
        {
            name += TotalSuffix;
        }

        return (name, suffix);
    }

    /// <summary>The type of an instrument.</summary>
    public static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? MetricKind.Counter
            : definition == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }

    /// <summary>A name with only the characters that Prometheus allows.</summary>
    public static string Sanitize(string name) => string.Create(name.Length, name, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsAsciiLetter(source[i]) || source[i] == '_' || (i > 0 && char.IsAsciiDigit(source[i])) ? source[i] : '_';
        }
    });

    private static void Write(StringBuilder text, MetricFamily family, MetricSample sample)
    {
        if (family.Kind != MetricKind.Histogram)
        {
            Line(text, family.Name, sample.Labels, null, sample.Value);
            return;
        }

        foreach (var (bound, count) in sample.Buckets)
        {
            Line(text, family.Name + "_bucket", sample.Labels, Number(bound), count);
        }

        Line(text, family.Name + "_sum", sample.Labels, null, sample.Value);
        Line(text, family.Name + "_count", sample.Labels, null, sample.Buckets[^1].Value);
    }

    private static void Line(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, string? bound, double value)
    {
        text.Append(name);
        if (labels.Count > 0 || bound is not null)
        {
            text.Append('{');
            foreach (var (label, labelValue) in labels)
            {
                text.Append(Sanitize(label)).Append("=\"").Append(EscapeLabel(labelValue)).Append("\",");
            }

            if (bound is not null)
            {
                text.Append("le=\"").Append(bound).Append("\",");
            }

            text.Length--;
            text.Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string EscapeHelp(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string TypeName(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };
}
