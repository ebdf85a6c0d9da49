using System.Text.Json;

namespace Qrossing.Simulators.Modules.Qonsent;

/// <summary>Grants by resource and identity, policies in the order they were made.</summary>
internal sealed class QonsentStore
{
    private readonly Journal _journal;
    private readonly Dictionary<(string Resource, string Identity), QonsentGrant> _grants = [];
    private readonly OrderedDictionary<string, QonsentPolicy> _policies = [];

    public QonsentStore(Journal journal)
    {
        _journal = journal;
        journal.Replay(Apply);
    }

    public IEnumerable<QonsentGrant> Grants => _grants.Values;

    public IEnumerable<QonsentPolicy> Policies => _policies.Values;

    public QonsentGrant? FindGrant(string resource, string identity) => _grants.GetValueOrDefault((resource, identity));

    public QonsentPolicy? FindPolicy(string id) => _policies.GetValueOrDefault(id);

    public void Save(string op, QonsentGrant grant, DateTimeOffset now) =>
        _journal.Commit(new JournalEntry(op, $"{grant.Resource}|{grant.Identity}", now, JsonSerializer.SerializeToElement(grant, ModulesJson.Default.QonsentGrant)));

    /// <param name="op">Name of the operation in the journal and in the counts.</param>
    /// <param name="key">What it is counted under: for a creation the name, so that a doubled creation shows.</param>
    /// <param name="policy">The policy as it is afterwards.</param>
    public void Save(string op, string key, QonsentPolicy policy) =>
        _journal.Commit(new JournalEntry(op, key, policy.UpdatedAt, JsonSerializer.SerializeToElement(policy, ModulesJson.Default.QonsentPolicy)));

    private void Apply(JournalEntry entry)
    {
        if (entry.Op is "grant" or "revoke")
        {
            var grant = entry.Data.Deserialize(ModulesJson.Default.QonsentGrant)!;
            _grants[(grant.Resource, grant.Identity)] = grant;
        }
        else
        {
            var policy = entry.Data.Deserialize(ModulesJson.Default.QonsentPolicy)!;
            _policies[policy.Id] = policy;
        }
    }
}
