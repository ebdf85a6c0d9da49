using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Qrossing.Abstractions.Values;

/// <summary>
/// Makes UUIDv7 ids (RFC 9562 section 5.7) that rise strictly within this process, also inside one millisecond
/// and when the clock steps back: <c>Guid.CreateVersion7</c> promises neither.
/// </summary>
public sealed class IdGenerator(TimeProvider clock)
{
    private const int RandomPerId = 12;

    private readonly Lock _gate = new();
    private readonly byte[] _random = new byte[64 * RandomPerId]; // asking the system costs the same for one id as for many
    private int _used = int.MaxValue;
    private long _lastMilliseconds;
    private uint _counter;

    /// <summary>A new id, greater than every one made before by this instance.</summary>
    public T New<T>()
        where T : struct, ITypedId<T> => IdText.Format<T>(Next());

    private UInt128 Next()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            if (_used >= _random.Length)
            {
                RandomNumberGenerator.Fill(_random);
                _used = 0;
            }

            var random = _random.AsSpan(_used, RandomPerId);
            _used += RandomPerId;
            var low = BinaryPrimitives.ReadUInt64BigEndian(random) & 0x3FFF_FFFF_FFFF_FFFF;
            if (now > _lastMilliseconds)
            {
                _lastMilliseconds = now;
                _counter = BinaryPrimitives.ReadUInt32BigEndian(random[8..]) & 0x7FF; // the upper half stays free to count in
            }
            else if (++_counter > 0xFFF)
            {
                _lastMilliseconds++; // 4,096 ids in one millisecond: borrow from the next one (RFC 9562 section 6.2)
                _counter = 0;
            }

            var high = ((ulong)_lastMilliseconds << 16) | 0x7000u | _counter;
            return new UInt128(high, 0x8000_0000_0000_0000 | low);
        }
    }
}
