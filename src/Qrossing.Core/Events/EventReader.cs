using System.Runtime.CompilerServices;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Events;

/// <summary>Follows the log: what is stored first, then what comes, without gap or repetition.</summary>
public sealed class EventReader(IEventStore events, LogHead head)
{
    private const int PageSize = 200;

    /// <summary>Events after a position in order, without end. The reader's pace is the caller's; nothing is kept for it in memory.</summary>
    public async IAsyncEnumerable<LogEvent> StreamAsync(
        TenantId tenant, long after, EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // The head is taken before the read: everything up to it is committed and therefore in the page, or did not match.
            var seen = head.Position;
            var page = await events.ReadAsync(tenant, after, PageSize, filter, cancellationToken);
            foreach (var item in page)
            {
                yield return item;
                after = item.Position;
            }

            if (page.Count < PageSize)
            {
                after = Math.Max(after, seen);
                await head.WaitAsync(after, cancellationToken);
            }
        }
    }
}
