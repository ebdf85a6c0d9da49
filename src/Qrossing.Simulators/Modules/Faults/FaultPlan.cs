using Microsoft.AspNetCore.Http;

namespace Qrossing.Simulators.Modules.Faults;

/// <summary>The rules in force and how often each was met. Rules are tried in their order and the first that strikes wins; those after it do not count the request.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private Counted[] _rules = [];

    public void Replace(IReadOnlyList<FaultRule> rules)
    {
        lock (_lock)
        {
            _rules = [.. rules.Select(rule => new Counted(rule))];
        }
    }

    public IReadOnlyList<(FaultRule Rule, long Matched, long Struck)> Snapshot()
    {
        lock (_lock)
        {
            return [.. _rules.Select(counted => (counted.Rule, counted.Matched, counted.Struck))];
        }
    }

    /// <summary>The rule that strikes this request, if any.</summary>
    public FaultRule? Choose(string module, HttpContext context)
    {
        lock (_lock)
        {
            return _rules.FirstOrDefault(counted => counted.Strikes(module, context))?.Rule;
        }
    }

    private sealed class Counted(FaultRule rule)
    {
        public FaultRule Rule { get; } = rule;

        public long Matched { get; private set; }

        public long Struck { get; private set; }

        public bool Strikes(string module, HttpContext context)
        {
            if (!Rule.Match.Holds(module, context) || ++Matched <= Rule.After || Struck >= Rule.Times)
            {
                return false;
            }

            Struck++;
            return true;
        }
    }
}
