using Qrossing.Abstractions.Connectors;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>A reply of the API, and what must not be shown of it.</summary>
/// <param name="Reply">The reply, of any status.</param>
/// <param name="Secrets">The secrets that the request carried, in every form in which they could come back.</param>
internal sealed record ApiExchange(PeerReply Reply, IReadOnlyList<string> Secrets);
