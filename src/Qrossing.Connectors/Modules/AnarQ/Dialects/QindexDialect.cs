using System.Text.Json;

namespace Qrossing.Connectors.Modules.AnarQ.Dialects;

/// <summary>Qindex: the payload is the object itself, writes have <c>success</c>; errors are <c>{error: title, message?}</c>.</summary>
internal sealed class QindexDialect : EnvelopeDialect
{
    public const string Name = "qindex";

    protected override NormalReply? ReadSuccess(JsonElement root) => (root.ValueKind, Member(root, "success").ValueKind) switch
    {
        (not JsonValueKind.Object, _) => null,
        (_, JsonValueKind.False) => ReadError(root),
        (_, JsonValueKind.True or JsonValueKind.Undefined) => Success(root, root),
        _ => null,
    };
}
