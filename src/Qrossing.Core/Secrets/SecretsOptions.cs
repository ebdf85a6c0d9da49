using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Secrets;

/// <summary>Where the root key is. Section <c>Secrets</c>; read at start.</summary>
public sealed record SecretsOptions
{
    /// <summary>
    /// The root key: <c>env:NAME</c> or <c>file:PATH</c>, holding 32 bytes raw (file only), as base64 or as hex. Default none:
    /// <c>keys/root.key</c> in the data directory, made on the first start.
    /// </summary>
    public SecretRef? RootKey { get; init; }
}
