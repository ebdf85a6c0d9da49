using System.Data.Common;
using System.Text.Json;
using Qrossing.Abstractions.Values;

namespace Qrossing.Data.Sql;

/// <summary>Reads a row's columns one after the other, in the order of the SELECT.</summary>
internal sealed class SqlRow(DbDataReader reader)
{
    private int _next;

    /// <summary>Back to the first column, on a new row.</summary>
    public SqlRow Rewind()
    {
        _next = 0;
        return this;
    }

    public string Text() => reader.GetString(_next++);

    public string? TextOrNull() => IsNull() ? null : Text();

    public long Long() => reader.GetInt64(_next++);

    public long? LongOrNull() => IsNull() ? null : Long();

    public int Int() => checked((int)Long());

    public int? IntOrNull() => IsNull() ? null : Int();

    public bool Flag() => Long() != 0;

    public DateTimeOffset Time() => Micros.ToTime(Long());

    public DateTimeOffset? TimeOrNull() => IsNull() ? null : Time();

    public byte[] Bytes() => reader.GetFieldValue<byte[]>(_next++);

    /// <summary>Written out, because a conditional with <see cref="Bytes"/> would turn null into empty memory.</summary>
    public ReadOnlyMemory<byte>? BytesOrNull()
    {
        if (IsNull())
        {
            return null;
        }

        return Bytes();
    }

    public TenantId Tenant() => new(Text());

    public T Id<T>()
        where T : struct, ITypedId<T> => T.FromText(Text());

    public T? IdOrNull<T>()
        where T : struct, ITypedId<T> => IsNull() ? null : Id<T>();

    public IReadOnlyList<string> Texts() => JsonSerializer.Deserialize<string[]>(Text())!;

    /// <summary>A column whose kind is known at run time only.</summary>
    public SqlValue Value(SqlKind kind) => SqlValue.Of(kind, IsNull() ? null : kind switch
    {
        SqlKind.Integer => Long(),
        SqlKind.Text => Text(),
        _ => Bytes(),
    });

    private bool IsNull()
    {
        if (!reader.IsDBNull(_next))
        {
            return false;
        }

        _next++;
        return true;
    }
}
