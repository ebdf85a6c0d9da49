using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Modules.AnarQ.Dialects;

/// <summary>Reads one family of envelopes. Errors are read tolerantly, since a status decides what they mean; successes are not, since nothing else does.</summary>
internal abstract class EnvelopeDialect
{
    /// <summary>The dialect of that name.</summary>
    public static EnvelopeDialect Of(string name) => name switch
    {
        QDialect.Name => new QDialect(),
        QindexDialect.Name => new QindexDialect(),
        BareDialect.Name => new BareDialect(),
        MonolithDialect.Name => new MonolithDialect(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such dialect."),
    };

    /// <summary>The reply without its envelope; null when a success cannot be read as one.</summary>
    public NormalReply? Read(PeerReply reply)
    {
        // 204 and 205 have no content by definition (RFC 9110 sections 15.3.5 and 15.3.6).
        if (reply.Status is 204 or 205)
        {
            return new NormalReply { Ok = true };
        }

        if (!StrictJson.TryParse(reply.Body, out var document, out _))
        {
            return reply.IsSuccess ? ReadOther() : new NormalReply { Ok = false };
        }

        using (document)
        {
            var root = document.RootElement.Clone();
            return reply.IsSuccess ? ReadSuccess(root) : ReadError(root);
        }
    }

    /// <summary>A success that is JSON; null when it has not the shape of this dialect.</summary>
    protected abstract NormalReply? ReadSuccess(JsonElement root);

    /// <summary>A success that is no JSON: unreadable, unless the dialect has no envelope.</summary>
    protected virtual NormalReply? ReadOther() => null;

    protected static NormalReply ReadError(JsonElement root)
    {
        var error = Member(root, "error");
        return new NormalReply
        {
            Ok = false,
            Code = Text(root, "code") ?? Text(error, "code") ?? AsText(error),
            Message = Text(root, "message") ?? Text(error, "message"),
            Retryable = Member(root, "retryable") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetBoolean() : null,
            RequestId = Text(root, "requestId"),
        };
    }

    protected static NormalReply Success(JsonElement root, JsonElement data) => new()
    {
        Ok = true,
        Code = Text(root, "code"),
        Message = Text(root, "message"),
        Data = data,
        Cid = Text(root, "cid"),
        RequestId = Text(root, "requestId"),
    };

    /// <summary>A member of an object; undefined when there is none.</summary>
    protected static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    protected static string? Text(JsonElement element, string name) => AsText(Member(element, name));

    private static string? AsText(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
