using System.Runtime.InteropServices;
using Qrossing.Abstractions.Values;

namespace Qrossing.Data.Sql;

/// <summary>A typed statement parameter. The conversions keep the stores' code to one value per column.</summary>
internal readonly struct SqlValue
{
    private readonly long _integer;
    private readonly object? _reference;
    private readonly bool _hasInteger;

    private SqlValue(SqlKind kind, object? reference)
    {
        Kind = kind;
        _reference = reference;
    }

    private SqlValue(long? integer)
    {
        Kind = SqlKind.Integer;
        _integer = integer.GetValueOrDefault();
        _hasInteger = integer.HasValue;
    }

    public SqlKind Kind { get; }

    public bool IsNull => Kind == SqlKind.Integer ? !_hasInteger : _reference is null;

    /// <summary>The number; only of a value that is one.</summary>
    public long Integer => _integer;

    /// <summary>The text; only of a value that is one.</summary>
    public string Text => (string)_reference!;

    /// <summary>The bytes; only of a value that has some.</summary>
    public byte[] Bytes => (byte[])_reference!;

    /// <summary>As ADO.NET takes it.</summary>
    public object Boxed => (Kind == SqlKind.Integer ? _hasInteger ? _integer : null : _reference) ?? DBNull.Value;

    public static implicit operator SqlValue(long value) => new(value);

    public static implicit operator SqlValue(long? value) => new(value);

    public static implicit operator SqlValue(int value) => new(value);

    public static implicit operator SqlValue(int? value) => new(value);

    public static implicit operator SqlValue(bool value) => new(value ? 1 : 0);

    public static implicit operator SqlValue(DateTimeOffset value) => new(Micros.From(value));

    public static implicit operator SqlValue(DateTimeOffset? value) => new(value is { } time ? Micros.From(time) : null);

    public static implicit operator SqlValue(string? value) => new(SqlKind.Text, value);

    public static implicit operator SqlValue(TenantId value) => new(SqlKind.Text, value.Text);

    public static implicit operator SqlValue(EffectId value) => new(SqlKind.Text, value.Text);

    public static implicit operator SqlValue(EffectId? value) => new(SqlKind.Text, value?.Text);

    public static implicit operator SqlValue(byte[]? value) => new(SqlKind.Blob, value);

    public static implicit operator SqlValue(ReadOnlyMemory<byte> value) => new(SqlKind.Blob, ToArray(value));

    public static implicit operator SqlValue(ReadOnlyMemory<byte>? value) => new(SqlKind.Blob, value is { } bytes ? ToArray(bytes) : null);

    /// <summary>A value of a kind known at run time only: a number, text or bytes, or null.</summary>
    public static SqlValue Of(SqlKind kind, object? value) => kind == SqlKind.Integer ? new SqlValue((long?)value) : new SqlValue(kind, value);

    private static byte[] ToArray(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : memory.ToArray();
}
