using System.Text.Json;

namespace Qrossing.Simulators.Modules.Qerberos;

/// <summary>The audit log, oldest first.</summary>
internal sealed class QerberosStore
{
    private readonly Journal _journal;
    private readonly OrderedDictionary<string, QerberosEvent> _events = [];

    public QerberosStore(Journal journal)
    {
        _journal = journal;
        journal.Replay(entry => Apply(entry.Data.Deserialize(ModulesJson.Default.QerberosEvent)!));
    }

    public IEnumerable<QerberosEvent> Events => _events.Values;

    public QerberosEvent? Find(string id) => _events.GetValueOrDefault(id);

    public void Log(QerberosEvent logged) =>
        _journal.Commit(new JournalEntry("audit", logged.Ref, logged.Timestamp, JsonSerializer.SerializeToElement(logged, ModulesJson.Default.QerberosEvent)));

    private void Apply(QerberosEvent logged) => _events[logged.Id] = logged;
}
