using Qrossing.Abstractions.Connectors;

namespace Qrossing.TestKit.Calls;

/// <summary>Opens <c>env:NAME</c> from a table in place of the environment.</summary>
internal sealed class NamedSecrets(IReadOnlyDictionary<string, string> secrets) : IConnectorSecrets
{
    private const string Prefix = "env:";

    public ValueTask<ConnectorResult<string>> ReadAsync(SecretRef secret, CancellationToken cancellationToken) =>
        new(secret.Text.StartsWith(Prefix, StringComparison.Ordinal) && secrets.TryGetValue(secret.Text[Prefix.Length..], out var text)
            ? text
            : Fault.Of(FaultKind.Unavailable, "secrets.unreadable"));
}
