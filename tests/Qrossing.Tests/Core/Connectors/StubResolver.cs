using System.Collections.Concurrent;
using System.Net;
using Qrossing.Core.Connectors.Egress;

namespace Qrossing.Tests.Core.Connectors;

/// <summary>Names without a name server. A name that was told several answers gives them in turn, the last one for ever.</summary>
internal sealed class StubResolver : IEgressResolver
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> _answers = new();

    public StubResolver Tell(string host, params string[] addresses)
    {
        _answers.GetOrAdd(host, static _ => new()).Enqueue([.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (!_answers.TryGetValue(host, out var answers))
        {
            return new([]);
        }

        answers.TryPeek(out var answer);
        if (answers.Count > 1)
        {
            answers.TryDequeue(out answer);
        }

        return new(answer!);
    }
}
