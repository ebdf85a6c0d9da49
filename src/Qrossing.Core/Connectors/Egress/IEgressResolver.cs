using System.Net;

namespace Qrossing.Core.Connectors.Egress;

/// <summary>Turns host names into addresses. A port, so that tests answer for names without asking a name server.</summary>
public interface IEgressResolver
{
    /// <summary>Every address of the name; empty when there is none.</summary>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
