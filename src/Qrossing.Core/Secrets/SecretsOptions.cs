using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Secrets;

/// <summary>Where the root key is, and where connections may keep theirs. Section <c>Secrets</c>; read at start.</summary>
public sealed record SecretsOptions
{
    /// <summary>
    /// The root key: <c>env:NAME</c> or <c>file:PATH</c>, holding 32 bytes raw (file only), as base64 or as hex. Default none:
    /// <c>keys/root.key</c> in the data directory, made on the first start.
    /// </summary>
    public SecretRef? RootKey { get; init; }

    /// <summary>
    /// Directories below which <c>file:</c> references of connections may lie; links count as what they lead to. Default empty, which means the service's
    /// credentials directory (<c>$CREDENTIALS_DIRECTORY</c>) and <c>/run/secrets</c>. The gateway's own files are refused wherever they lie.
    /// </summary>
    public IReadOnlyList<string> Directories { get; init; } = [];
}
