using Microsoft.AspNetCore.Http;
using Qrossing.Simulators.Modules.Faults;

namespace Qrossing.Simulators.Modules.Control;

/// <summary>The last 1,000 module requests, for tests that ask what really went over the wire. Kept in memory only: it holds credentials as sent.</summary>
internal sealed class RequestLog
{
    public const int Capacity = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<RecordedRequest> _requests = new(Capacity);
    private long _sequence;

    public RecordedRequest Add(string module, HttpContext context, FaultKind? fault, DateTimeOffset now)
    {
        lock (_lock)
        {
            var record = new RecordedRequest
            {
                Sequence = ++_sequence,
                At = now,
                Module = module,
                Method = context.Request.Method,
                Path = ModuleCall.RawPath(context),
                Query = context.Request.QueryString.Value ?? "",
                Headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
                Fault = fault is { } kind ? FaultKinds.NameOf(kind) : null,
            };
            if (_requests.Count == Capacity)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(record);
            return record;
        }
    }

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }
}
