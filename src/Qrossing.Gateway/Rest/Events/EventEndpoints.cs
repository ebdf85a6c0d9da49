using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Qrossing.Core.Access;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;
using Qrossing.Formats.Json;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest.Events;

/// <summary><c>/v1/events</c>: the event log, read and written.</summary>
internal sealed class EventEndpoints(EventLog log, IEventStore store, LogHead head) : IMapsEndpoints
{
    private const string Tag = "Events";
    private const long MaxBody = 1024 * 1024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Example = """
        {"specversion":"1.0","id":"evt_06f1m2v8d9w3x5z7a1b4c6d8e0","source":"/qrossing","type":"q.gateway.objects.stored.v1","subject":"obj_06f1m2v8d9w3x5z7a1b4c6d8e1","time":"2026-01-31T12:00:00Z","datacontenttype":"application/json","sequence":"42","data":{"objectId":"obj_06f1m2v8d9w3x5z7a1b4c6d8e1"}}
        """;

    public void Map(RestRoutes routes)
    {
        routes.Get("/v1/events", new EndpointRule(Permissions.EventsRead)
        {
            Text = new EndpointText("listEvents", Tag, "Reads the log in order, as CloudEvents 1.0; 'after' is a position ('sequence').")
            {
                Response = typeof(ListView<JsonElement>),
                ResponseExample = $$"""{"data":[{{Example}}],"next":"42"}""",
                Query = [.. EventQuery.Texts, .. QueryText.Page],
                Errors = [EventErrors.PositionAhead],
            },
        }, ListAsync);
        routes.Post("/v1/events", new EndpointRule(Permissions.EventsWrite, BodyKind.Raw)
        {
            Text = new EndpointText("acceptEvents", Tag, "Takes CloudEvents 1.0: structured, binary (ce- headers) or a batch of 1 to 500; all of them or none.")
            {
                Description = "A repeated source and id answers 202 with the first one's position and stores nothing. "
                    + "application/cloudevents+json is one event, application/cloudevents-batch+json an array of them; any other media type is the data of an event whose attributes are ce- headers.",
                MediaType = "application/json",
                RequestMediaTypes = [CloudEventNames.Structured, CloudEventNames.Batch, "*/*"],
                RequestExample = """{"specversion":"1.0","id":"42","source":"/my/system","type":"q.squid.identity.created.v1","data":{"squidId":"squid_abc"}}""",
                Response = typeof(AcceptedView),
                Status = StatusCodes.Status202Accepted,
                ResponseExample = """{"accepted":1,"events":[{"id":"42","sequence":"43"}]}""",
                Errors = [EventErrors.Invalid, EventErrors.ReservedType, EventErrors.ReservedSource, EventErrors.UnknownType, HttpErrors.UnsupportedMediaType, HttpErrors.TooLarge, HttpErrors.JsonSyntax],
            },
        }, AcceptAsync);
    }

    private async Task<Answer> ListAsync(GatewayCall call)
    {
        var limit = Lists.Limit(call);
        if (!limit.IsSuccess)
        {
            return limit.Refusal;
        }

        var filter = EventQuery.Filter(call);
        if (!filter.IsSuccess)
        {
            return filter.Refusal;
        }

        var after = 0L;
        if (call.Query("after") is { } text && !EventQuery.TryPosition(text, out after))
        {
            return GatewayCall.InvalidQuery("after", "format", "Must be a position of the log.");
        }

        if (await EventQuery.AheadAsync(store, head, after, call.Aborted) is { } ahead)
        {
            return ahead;
        }

        var events = await store.ReadAsync(call.Tenant, after, limit.Value, filter.Value, call.Aborted);
        return Answer.Bytes(StatusCodes.Status200OK, "application/json", Write(events, isFull: events.Count == limit.Value));
    }

    private async Task<Answer> AcceptAsync(GatewayCall call)
    {
        // The media type says how the events come (HTTP protocol binding, section 3): it is judged before the size, and the size before the syntax.
        var mode = ModeOf(call.Http.Request);
        if (mode == ContentMode.Unknown)
        {
            return new Refusal(
                HttpErrors.UnsupportedMediaType,
                $"Send {CloudEventNames.Structured}, {CloudEventNames.Batch}, or any type with the ce- headers of binary mode; JSON in UTF-8.");
        }

        if (RequestBody.CodingError(call.Http) is { } coded)
        {
            return coded;
        }

        if (await RequestBody.ReadAsync(call.Http, MaxBody) is not { } body)
        {
            return RequestBody.TooLarge(MaxBody);
        }

        var incoming = Read(mode, call.Http.Request, body);
        if (!incoming.IsSuccess)
        {
            return incoming.Refusal;
        }

        var accepted = await log.AcceptAsync(call.Context, incoming.Value, call.Aborted);
        return Answer.From(accepted, stored => Answer.Of(StatusCodes.Status202Accepted, AcceptedView.Of(stored)));
    }

    private static Result<IReadOnlyList<IncomingEvent>> Read(ContentMode mode, HttpRequest request, byte[] body)
    {
        if (mode == ContentMode.Binary)
        {
            var headers = request.Headers.SelectMany(static header => header.Value, static (header, value) => KeyValuePair.Create(header.Key, value ?? string.Empty));
            return List(CloudEventReader.ReadBinary(headers, string.IsNullOrEmpty(request.ContentType) ? null : request.ContentType, body));
        }

        if (body.Length == 0)
        {
            return new Refusal(HttpErrors.BodyMissing, "The request has no body.");
        }

        if (!StrictJson.TryParse(body, out var document, out var problem))
        {
            return new Refusal(HttpErrors.JsonSyntax, $"{problem.Message} (byte {problem.ByteOffset}).") { Errors = [new FieldError(problem.Pointer, "syntax", problem.Message)] };
        }

        using (document)
        {
            return mode == ContentMode.Batch ? CloudEventReader.ReadBatch(document.RootElement) : List(CloudEventReader.ReadStructured(document.RootElement));
        }
    }

    private static Result<IReadOnlyList<IncomingEvent>> List(Result<IncomingEvent> read) => read.IsSuccess ? new List<IncomingEvent> { read.Value } : read.Refusal;

    private static ContentMode ModeOf(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            var isUtf8 = !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
            if (type.MediaType.Equals(CloudEventNames.Structured, StringComparison.OrdinalIgnoreCase))
            {
                return isUtf8 ? ContentMode.Structured : ContentMode.Unknown;
            }

            if (type.MediaType.Equals(CloudEventNames.Batch, StringComparison.OrdinalIgnoreCase))
            {
                return isUtf8 ? ContentMode.Batch : ContentMode.Unknown;
            }
        }

        return request.Headers.ContainsKey("ce-specversion") ? ContentMode.Binary : ContentMode.Unknown;
    }

    private static byte[] Write(IReadOnlyList<LogEvent> events, bool isFull)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var item in events)
            {
                CloudEventWriter.Write(json, item);
            }

            json.WriteEndArray();
            if (isFull)
            {
                json.WriteString("next", events[^1].Position.ToString());
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private enum ContentMode
    {
        Unknown,
        Structured,
        Batch,
        Binary,
    }
}
