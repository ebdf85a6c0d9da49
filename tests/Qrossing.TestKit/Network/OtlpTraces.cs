using System.Text;

namespace Qrossing.TestKit.Network;

/// <summary>Reads the spans of an OTLP <c>ExportTraceServiceRequest</c> (opentelemetry-proto 1.x, collector/trace/v1).</summary>
internal static class OtlpTraces
{
    public static List<ExportedSpan> Read(ReadOnlySpan<byte> request)
    {
        var spans = new List<ExportedSpan>();
        for (var top = new ProtobufWalker(request); top.Next();)
        {
            if (top.Field == 1)
            {
                ReadResourceSpans(top.Bytes, spans);
            }
        }

        return spans;
    }

    private static void ReadResourceSpans(ReadOnlySpan<byte> resourceSpans, List<ExportedSpan> spans)
    {
        for (var resource = new ProtobufWalker(resourceSpans); resource.Next();)
        {
            if (resource.Field != 2)
            {
                continue;
            }

            for (var scope = new ProtobufWalker(resource.Bytes); scope.Next();)
            {
                if (scope.Field == 2)
                {
                    spans.Add(ReadSpan(scope.Bytes));
                }
            }
        }
    }

    private static ExportedSpan ReadSpan(ReadOnlySpan<byte> message)
    {
        var attributes = new Dictionary<string, string>();
        string traceId = "", spanId = "", parentSpanId = "", name = "";
        for (var span = new ProtobufWalker(message); span.Next();)
        {
            switch (span.Field)
            {
                case 1: traceId = Convert.ToHexStringLower(span.Bytes); break;
                case 2: spanId = Convert.ToHexStringLower(span.Bytes); break;
                case 4: parentSpanId = Convert.ToHexStringLower(span.Bytes); break;
                case 5: name = Encoding.UTF8.GetString(span.Bytes); break;
                case 9: ReadAttribute(span.Bytes, attributes); break;
            }
        }

        return new ExportedSpan(traceId, spanId, parentSpanId, name, attributes);
    }

    private static void ReadAttribute(ReadOnlySpan<byte> keyValue, Dictionary<string, string> attributes)
    {
        var key = "";
        for (var pair = new ProtobufWalker(keyValue); pair.Next();)
        {
            if (pair.Field == 1)
            {
                key = Encoding.UTF8.GetString(pair.Bytes);
            }
            else if (pair.Field == 2)
            {
                for (var value = new ProtobufWalker(pair.Bytes); value.Next();)
                {
                    if (value.Field == 1)
                    {
                        attributes[key] = Encoding.UTF8.GetString(value.Bytes);
                    }
                }
            }
        }
    }
}
