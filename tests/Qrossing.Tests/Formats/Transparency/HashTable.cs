using Qrossing.Formats.Transparency;

namespace Qrossing.Tests.Formats.Transparency;

/// <summary>The hashes that a range emits while it grows. Asking for one that was not emitted, or emitting one twice, fails the test.</summary>
internal sealed class HashTable : IHashReader
{
    private readonly Dictionary<Subtree, byte[]> _hashes = [];

    public int Count => _hashes.Count;

    public void Add(Subtree subtree, byte[] hash) => _hashes.Add(subtree, hash);

    public byte[] Read(int level, long index) => _hashes[new Subtree(level, index)];
}
