using System.Text.Json;

namespace Qrossing.Simulators.Modules.Squid;

/// <summary>All identities, deleted ones included: sQuid only marks them.</summary>
internal sealed class SquidStore
{
    private readonly Journal _journal;
    private readonly Dictionary<string, SquidIdentity> _identities = [];
    private readonly Dictionary<string, List<string>> _children = [];

    public SquidStore(Journal journal)
    {
        _journal = journal;
        journal.Replay(entry => Apply(entry.Data.Deserialize(ModulesJson.Default.SquidIdentity)!));
    }

    public SquidIdentity? Find(string id) => _identities.TryGetValue(id, out var identity)
        ? identity with { Children = [.. ChildrenOf(id).Where(child => _identities[child].Status != "DELETED")] }
        : null;

    /// <param name="op">Name of the operation in the journal and in the counts.</param>
    /// <param name="key">What the operation is counted under: for a creation the name, so that a doubled creation shows.</param>
    /// <param name="identity">The identity as it is afterwards.</param>
    public SquidIdentity Save(string op, string key, SquidIdentity identity)
    {
        var stored = identity with { Children = [] };
        _journal.Commit(new JournalEntry(op, key, identity.UpdatedAt, JsonSerializer.SerializeToElement(stored, ModulesJson.Default.SquidIdentity)));
        return Find(identity.Did)!;
    }

    private List<string> ChildrenOf(string id) => _children.TryGetValue(id, out var children) ? children : [];

    private void Apply(SquidIdentity identity)
    {
        if (!_identities.ContainsKey(identity.Did) && identity.ParentId is { } parent)
        {
            _children[parent] = [.. ChildrenOf(parent), identity.Did];
        }

        _identities[identity.Did] = identity;
    }
}
