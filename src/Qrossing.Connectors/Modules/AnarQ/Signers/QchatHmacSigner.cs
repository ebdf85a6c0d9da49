using System.Security.Cryptography;
using System.Text;

namespace Qrossing.Connectors.Modules.AnarQ.Signers;

/// <summary>Qchat: hex HMAC-SHA256 under a shared secret over the body's JSON, <c>x-ts</c> and <c>x-squid-id</c>, one after another.</summary>
internal sealed class QchatHmacSigner : RequestSigner
{
    public const string Name = "qchat-hmac";

    public override bool CoversBody => true;

    public override IReadOnlyDictionary<string, string> Sign(SignatureInput input) => new Dictionary<string, string>
    {
        ["x-sig"] = Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(input.Secret), Encoding.UTF8.GetBytes(input.Body + input.Timestamp + input.SquidId))),
    };
}
