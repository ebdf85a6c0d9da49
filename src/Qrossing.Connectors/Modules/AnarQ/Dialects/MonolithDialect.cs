using System.Text.Json;

namespace Qrossing.Connectors.Modules.AnarQ.Dialects;

/// <summary>The single backend and Qmarket: <c>{success: true, data?, ...}</c> or <c>{success: false, error}</c>.</summary>
internal sealed class MonolithDialect : EnvelopeDialect
{
    public const string Name = "monolith";

    protected override NormalReply? ReadSuccess(JsonElement root) => Member(root, "success").ValueKind switch
    {
        JsonValueKind.True => Success(root, Member(root, "data") is { ValueKind: not JsonValueKind.Undefined } data ? data : root),
        JsonValueKind.False => ReadError(root),
        _ => null,
    };
}
