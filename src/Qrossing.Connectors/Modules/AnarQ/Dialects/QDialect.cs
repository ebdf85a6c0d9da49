using System.Text.Json;

namespace Qrossing.Connectors.Modules.AnarQ.Dialects;

/// <summary>The published envelope: <c>{status: "ok", code?, message?, data?, cid?}</c> or <c>{status: "error", code, message, retryable?, requestId?}</c>.</summary>
internal sealed class QDialect : EnvelopeDialect
{
    public const string Name = "q";

    protected override NormalReply? ReadSuccess(JsonElement root) => Text(root, "status") switch
    {
        "ok" => Success(root, Member(root, "data")),
        "error" => ReadError(root),
        _ => null,
    };
}
