using Qrossing.Core.Audit;
using Qrossing.Core.Events;

namespace Qrossing.Core.Persistence;

/// <summary>An open unit of the writer. Stores take it to read and write inside the unit; it is dead after the unit returned.</summary>
public interface IWriteSession
{
    /// <summary>The number of this process's ownership of the database; every claim carries it.</summary>
    long Epoch { get; }

    /// <summary>The unit's time, the same for all it writes.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Adds an event to the log. Its position is known after the commit (<see cref="LogEvent.Position"/>).</summary>
    /// <returns>False when the log already has an event of this tenant, source and id: nothing is stored.</returns>
    bool Append(LogEvent logEvent);

    /// <summary>Adds an audit entry. Its leaf number is given at the end of the batch, in order.</summary>
    void Append(AuditDraft draft);
}
