using Qrossing.Core.Errors;
using Qrossing.Core.Webhooks;

namespace Qrossing.TestKit.Fakes;

/// <summary>An egress rule whose allow-list names <c>127.0.0.1</c> and that refuses every other address in 127.0.0.0/8.</summary>
public sealed class FakeEgress : IEgressCheck
{
    /// <summary>What a refused URL gets.</summary>
    public static readonly ErrorCode Refused = new("egress.refused", 422, "The address is not allowed", "Allow it.");

    public ValueTask<Refusal?> CheckAsync(Uri url, CancellationToken cancellationToken) =>
        ValueTask.FromResult(!IsListed(url) && url.Host.StartsWith("127.", StringComparison.Ordinal) ? new Refusal(Refused, url.Host) : null);

    public bool IsListed(Uri url) => url.Host == "127.0.0.1";
}
