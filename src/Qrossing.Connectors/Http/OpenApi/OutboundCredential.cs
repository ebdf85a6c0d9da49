using System.Text;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>A credential opened for one call.</summary>
internal sealed record OutboundCredential
{
    private static readonly OutboundCredential None = new();

    /// <summary>The header that carries it; null when it is in the query or there is none.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>What it adds to the query, encoded.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>Every form in which the peer could send the secret back.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public static async ValueTask<ConnectorResult<OutboundCredential>> OpenAsync(CredentialOptions options, IConnectorSecrets secrets, CancellationToken cancellationToken)
    {
        var reference = options.ApiKey?.Value ?? options.Bearer?.Token ?? options.Basic?.Password;
        if (reference is null)
        {
            return None;
        }

        var opened = await secrets.ReadAsync(reference, cancellationToken);
        if (!opened.IsSuccess)
        {
            return opened.Fault;
        }

        var secret = opened.Value;
        var credential = options switch
        {
            { ApiKey: { In: "query" } key } => InQuery(key.Name, secret),
            { ApiKey: { } key } => InHeader(key.Name, secret, secret),
            { Basic: { } basic } => Basic(basic.User, secret),
            _ => InHeader("Authorization", $"Bearer {secret}", secret),
        };
        return credential.Header is { } header && !OpenApiWire.IsHeaderValue(header.Value) ? OpenApiFaults.CredentialUnusable : credential;
    }

    private static OutboundCredential InQuery(string name, string secret) => new()
    {
        Query = [$"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(secret)}"],
        Secrets = [secret, Uri.EscapeDataString(secret)],
    };

    private static OutboundCredential InHeader(string name, string value, params IReadOnlyList<string> secrets) => new()
    {
        Header = (name, value),
        Secrets = secrets,
    };

    /// <summary>RFC 7617 section 2.1: UTF-8.</summary>
    private static OutboundCredential Basic(string user, string password)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        return InHeader("Authorization", $"Basic {encoded}", encoded, password);
    }
}
