using System.Security.Cryptography;
using System.Text;

namespace Qrossing.Connectors.Modules.AnarQ.Signers;

/// <summary>One way in which some module checks <c>x-sig</c>. None of them keeps a request from being replayed within five minutes.</summary>
internal abstract class RequestSigner
{
    /// <summary>Whether the signature covers the body, which must then be JSON.</summary>
    public virtual bool CoversBody => false;

    /// <summary>The signer of that name; null for <c>none</c>.</summary>
    public static RequestSigner? Of(string name) => name switch
    {
        "none" => null,
        BackendHashSigner.Name => new BackendHashSigner(),
        SquidMessageSigner.Name => new SquidMessageSigner(),
        QchatHmacSigner.Name => new QchatHmacSigner(),
        TemplateHashSigner.Name => new TemplateHashSigner(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such signer."),
    };

    /// <summary>The headers that carry the signature.</summary>
    public abstract IReadOnlyDictionary<string, string> Sign(SignatureInput input);

    protected static string Sha256Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
