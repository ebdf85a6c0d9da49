using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Abstractions.Connectors;

/// <summary>A value or a <see cref="Fault"/>; never an exception for what can be expected.</summary>
/// <typeparam name="T">The value.</typeparam>
public readonly struct ConnectorResult<T>
{
    private ConnectorResult(T? value, Fault? fault)
    {
        Value = value;
        Fault = fault;
    }

    /// <summary>The value; null exactly when there is a <see cref="Fault"/>.</summary>
    public T? Value { get; }

    /// <summary>The failure; null on success.</summary>
    public Fault? Fault { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsSuccess => Fault is null;

    /// <summary>A success.</summary>
    public static implicit operator ConnectorResult<T>(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static implicit operator ConnectorResult<T>(Fault fault) => new(default, fault);

    /// <summary>A success.</summary>
    public static ConnectorResult<T> Success(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static ConnectorResult<T> Failure(Fault fault) => new(default, fault);
}
