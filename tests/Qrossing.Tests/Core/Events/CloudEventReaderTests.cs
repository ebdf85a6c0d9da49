using System.Text;
using System.Text.Json;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;

namespace Qrossing.Tests.Core.Events;

[Trait("Kind", "unit")]
public sealed class CloudEventReaderTests
{
    private const string Minimal = """{"specversion":"1.0","id":"1","source":"/s","type":"q.a.b.v1"}""";

    [Fact]
    public void Structured_event_with_every_attribute_is_read()
    {
        var read = Structured(
            """
            {"specversion":"1.0","id":"A-1","source":"https://example.com/x?y#z","type":"q.squid.created.v1","subject":"s 1",
             "time":"2026-01-02T03:04:05.1234567+01:00","datacontenttype":"application/json; charset=utf-8","dataschema":"https://example.com/schema",
             "partitionkey":"k","squidid":"sq","count":7,"flag":true,"gone":null,"sequence":"99","data":{"b":1,"a":[2.50]}}
            """).Value!;

        Assert.Equal("A-1", read.Id);
        Assert.Equal("https://example.com/x?y#z", read.Source);
        Assert.Equal("s 1", read.Subject);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero).AddMicroseconds(123456), read.Time);
        Assert.Equal("k", read.PartitionKey);
        Assert.Equal("""{"squidid":"sq","count":7,"flag":true}""", Text(read.Extensions));
        Assert.Equal("""{"b":1,"a":[2.50]}""", Text(read.Data));
    }

    [Fact]
    public void Data_without_content_type_is_json_and_says_so()
    {
        var read = Structured(Minimal[..^1] + ",\"data\":\"text\"}").Value!;
        Assert.Equal("application/json", read.DataContentType);
        Assert.Equal("\"text\"", Text(read.Data));
    }

    [Fact]
    public void Text_data_is_kept_as_its_bytes()
    {
        var read = Structured(Minimal[..^1] + ",\"datacontenttype\":\"text/plain\",\"data\":\"Grüße\"}").Value!;
        Assert.Equal("Grüße", Text(read.Data));
    }

    [Fact]
    public void Base64_data_is_decoded()
    {
        var read = Structured(Minimal[..^1] + ",\"data_base64\":\"AAEC\"}").Value!;
        Assert.Equal([0, 1, 2], read.Data!.Value.ToArray());
        Assert.Null(read.DataContentType);
    }

    [Theory]
    [InlineData("\"specversion\":\"1.0\"", "\"specversion\":\"0.3\"", "/specversion")]
    [InlineData("\"specversion\":\"1.0\",", "", "/specversion")]
    [InlineData("\"id\":\"1\"", "\"id\":\"\"", "/id")]
    [InlineData("\"id\":\"1\"", "\"id\":null", "/id")]
    [InlineData("\"id\":\"1\"", "\"id\":1", "/id")]
    [InlineData("\"id\":\"1\"", "\"id\":\"a\\u0000\"", "/id")]
    [InlineData("\"id\":\"1\"", "\"id\":\"a\\uFFFF\"", "/id")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"a b\"", "/source")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"1:2\"", "/source")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/%zz\"", "/source")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/[a]\"", "/source")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"dataschema\":\"relative\"", "/dataschema")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"time\":\"2026-01-02 03:04:05Z\"", "/time")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"time\":\"2026-02-30T03:04:05Z\"", "/time")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"time\":\"2026-02-03T03:04:05\"", "/time")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"datacontenttype\":\"nonsense\"", "/datacontenttype")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"subject\":\"\"", "/subject")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"Upper\":\"x\"", "/Upper")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"a/b\":\"x\"", "/a~1b")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"waytoolongforanextension\":\"x\"", "/waytoolongforanextension")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"ext\":{}", "/ext")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"ext\":1.5", "/ext")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"ext\":4294967296", "/ext")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"data\":1,\"data_base64\":\"AA==\"", "/data_base64")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"data_base64\":\"!\"", "/data_base64")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"datacontenttype\":\"text/plain\",\"data\":{}", "/data")]
    [InlineData("\"source\":\"/s\"", "\"source\":\"/s\",\"datacontenttype\":\"application/json\",\"data_base64\":\"AA==\"", "/data_base64")]
    public void Structured_event_with_a_fault_is_refused_with_its_pointer(string old, string replacement, string pointer)
    {
        var refusal = Structured(Minimal.Replace(old, replacement, StringComparison.Ordinal)).Refusal;
        Assert.Equal("events.invalid", refusal?.Error.Code);
        Assert.Equal([pointer], refusal!.Errors.Select(error => error.Pointer));
    }

    [Theory]
    [InlineData("urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66")]
    [InlineData("mailto:cncf@example.com")]
    [InlineData("/cloudevents/spec/pull/123")]
    [InlineData("1-555-123-4567")]
    [InlineData("//[::1]:80/x")]
    [InlineData("?q")]
    public void Uri_references_of_the_specification_are_taken(string source) =>
        Assert.True(Structured(Minimal.Replace("/s", source, StringComparison.Ordinal)).IsSuccess);

    [Fact]
    public void Everything_wrong_is_told_at_once() =>
        Assert.Equal(
            ["/A", "/specversion", "/id", "/type", "/source"],
            Structured("""{"specversion":"2","source":" ","A":1}""").Refusal!.Errors.Select(error => error.Pointer));

    [Fact]
    public void Leap_second_counts_as_the_second_after_it() =>
        Assert.Equal(
            new DateTimeOffset(1991, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Structured(Minimal[..^1] + ",\"time\":\"1990-12-31T15:59:60-08:00\"}").Value!.Time);

    [Fact]
    public void Batch_points_into_the_event_that_is_wrong()
    {
        var refusal = Batch($"[{Minimal},{{}},3]").Refusal!;
        Assert.Equal(["/1/specversion", "/1/id", "/1/source", "/1/type", "/2"], refusal.Errors.Select(error => error.Pointer));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Batch_that_is_no_array_of_events_is_refused(string json) => Assert.Equal("events.invalid", Batch(json).Refusal?.Error.Code);

    [Fact]
    public void Binary_event_is_decoded_from_its_headers()
    {
        var read = Binary(
            [("CE-SpecVersion", "1.0"), ("ce-id", "Euro%20%E2%82%AC%20%F0%9F%98%80"), ("ce-source", "/s"), ("ce-type", "t"), ("ce-subject", "\"a \\\"b\\\"\""), ("ce-squidid", "100%"), ("Host", "x")],
            "application/json",
            "{\"a\":1}").Value!;

        Assert.Equal("Euro € 😀", read.Id);
        Assert.Equal("a \"b\"", read.Subject);
        Assert.Equal("""{"squidid":"100%"}""", Text(read.Extensions));
        Assert.Equal("application/json", read.DataContentType);
        Assert.Equal("{\"a\":1}", Text(read.Data));
    }

    [Theory]
    [InlineData("ce-id", "%FF", "ce-id")]
    [InlineData("ce-id", "\"open", "ce-id")]
    [InlineData("ce-id", "again", "ce-id")]
    [InlineData("ce-datacontenttype", "text/plain", "ce-datacontenttype")]
    [InlineData("ce-bad_name", "x", "ce-bad_name")]
    public void Binary_event_with_a_fault_is_refused_with_its_header(string header, string value, string pointer)
    {
        (string, string)[] headers = [("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/s"), ("ce-type", "t"), (header, value)];
        Assert.Equal([pointer], Binary(headers, null, "").Refusal!.Errors.Select(error => error.Pointer));
    }

    [Fact]
    public void Binary_event_that_says_json_and_is_none_is_refused()
    {
        (string, string)[] headers = [("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/s"), ("ce-type", "t")];
        Assert.Equal(["/data"], Binary(headers, "application/vnd.x+json", "{\"a\":1,\"a\":2}").Refusal!.Errors.Select(error => error.Pointer));
    }

    private static Result<IncomingEvent> Structured(string json)
    {
        using var document = JsonDocument.Parse(json);
        return CloudEventReader.ReadStructured(document.RootElement);
    }

    private static Result<IReadOnlyList<IncomingEvent>> Batch(string json)
    {
        using var document = JsonDocument.Parse(json);
        return CloudEventReader.ReadBatch(document.RootElement);
    }

    private static Result<IncomingEvent> Binary((string Name, string Value)[] headers, string? contentType, string body) =>
        CloudEventReader.ReadBinary(headers.Select(header => KeyValuePair.Create(header.Name, header.Value)), contentType, Encoding.UTF8.GetBytes(body));

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);
}
