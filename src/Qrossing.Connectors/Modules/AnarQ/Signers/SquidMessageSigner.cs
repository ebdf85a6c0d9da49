using System.Text.Json;

namespace Qrossing.Connectors.Modules.AnarQ.Signers;

/// <summary>sQuid: <c>x-message</c> is <c>{action, timestamp, did}</c>, <c>x-sig</c> the hex SHA-256 of it, a colon and the identity's "public key".</summary>
internal sealed class SquidMessageSigner : RequestSigner
{
    public const string Name = "squid-message";

    public override IReadOnlyDictionary<string, string> Sign(SignatureInput input)
    {
        var message = JsonSerializer.Serialize(
            new SquidMessage($"{input.Method} {input.Path}", long.Parse(input.Timestamp), input.SquidId),
            AnarQJson.Default.SquidMessage);
        return new Dictionary<string, string> { ["x-message"] = message, ["x-sig"] = Sha256Hex($"{message}:{input.Secret}") };
    }
}
