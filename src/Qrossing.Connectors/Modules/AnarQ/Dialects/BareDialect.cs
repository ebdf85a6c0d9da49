using System.Text.Json;

namespace Qrossing.Connectors.Modules.AnarQ.Dialects;

/// <summary>No envelope: the reply is the resource, in whatever media type, and the status alone decides.</summary>
internal sealed class BareDialect : EnvelopeDialect
{
    public const string Name = "bare";

    protected override NormalReply ReadSuccess(JsonElement root) => Success(root, root);

    protected override NormalReply ReadOther() => new() { Ok = true };
}
