using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.StructuredFields;

/// <summary>Keys with values in the order in which each key first came.</summary>
public abstract class OrderedFieldDictionary<TValue> : IReadOnlyDictionary<string, TValue>
    where TValue : class
{
    private readonly OrderedDictionary<string, TValue> _entries = new();

    private protected OrderedFieldDictionary()
    {
    }

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys;

    public IEnumerable<TValue> Values => _entries.Values;

    public TValue this[string key]
    {
        get => _entries[key];
        set => _entries[key] = value;
    }

    /// <summary>Sets the value; a key set before keeps its place.</summary>
    public void Add(string key, TValue value) => _entries[key] = value;

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value) => _entries.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
