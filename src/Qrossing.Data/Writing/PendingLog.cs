using Qrossing.Core.Audit;
using Qrossing.Core.Events;

namespace Qrossing.Data.Writing;

/// <summary>
/// The events and audit entries of a batch in the order in which its units appended them, until the end of the batch gives them
/// their numbers. A unit that is rolled back takes its own back out.
/// </summary>
internal sealed class PendingLog
{
    private readonly List<(LogEvent? Event, AuditDraft? Draft)> _items = [];
    private readonly HashSet<(string Tenant, string Source, string Id)> _eventKeys = [];

    /// <summary>How many positions the batch needs.</summary>
    public int Count => _items.Count;

    /// <summary>How many of them are audit entries.</summary>
    public int Leaves => _items.Count - _eventKeys.Count;

    public IReadOnlyList<(LogEvent? Event, AuditDraft? Draft)> Items => _items;

    /// <summary>Adds an event; false when the batch already has one of its tenant, source and id.</summary>
    public bool Add(LogEvent logEvent)
    {
        if (!_eventKeys.Add(KeyOf(logEvent)))
        {
            return false;
        }

        _items.Add((logEvent, null));
        return true;
    }

    public void Add(AuditDraft draft) => _items.Add((null, draft));

    public bool Contains(LogEvent logEvent) => _eventKeys.Contains(KeyOf(logEvent));

    /// <summary>Takes out everything after the first <paramref name="count"/>.</summary>
    public void Rewind(int count)
    {
        for (var i = count; i < _items.Count; i++)
        {
            if (_items[i].Event is { } logEvent)
            {
                _eventKeys.Remove(KeyOf(logEvent));
            }
        }

        _items.RemoveRange(count, _items.Count - count);
    }

    private static (string Tenant, string Source, string Id) KeyOf(LogEvent logEvent) => (logEvent.Tenant.Text, logEvent.Source, logEvent.Id);
}
