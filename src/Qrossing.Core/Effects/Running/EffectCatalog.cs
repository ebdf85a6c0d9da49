using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Core.Effects.Running;

/// <summary>The operations by kind; built once, a kind claimed twice stops the start.</summary>
public sealed class EffectCatalog
{
    private readonly FrozenDictionary<string, IEffectOperation> _operations;

    /// <summary>Takes every registered operation.</summary>
    public EffectCatalog(IEnumerable<IEffectOperation> operations)
    {
        var byKind = new Dictionary<string, IEffectOperation>();
        foreach (var operation in operations)
        {
            if (!byKind.TryAdd(operation.Kind, operation))
            {
                throw new InvalidOperationException($"Two operations claim the effect kind '{operation.Kind}'.");
            }
        }

        _operations = byKind.ToFrozenDictionary();
    }

    /// <summary>The kinds.</summary>
    public IReadOnlyCollection<string> Kinds => _operations.Keys;

    /// <summary>The operation of a kind.</summary>
    public bool TryGet(string kind, [NotNullWhen(true)] out IEffectOperation? operation) => _operations.TryGetValue(kind, out operation);
}
