using System.Numerics;

namespace Qrossing.Formats.Ethereum.Abi;

/// <summary>Why a call reverted, read from its return data: a closed union of its nested records.</summary>
public abstract record AbiRevert
{
    private static readonly AbiSignature ErrorSignature = AbiSignature.Parse("Error(string)");
    private static readonly AbiSignature PanicSignature = AbiSignature.Parse("Panic(uint256)");

    private AbiRevert()
    {
    }

    /// <summary>Reads return data; whatever is not of a known form is <see cref="Other"/>.</summary>
    public static AbiRevert Read(ReadOnlyMemory<byte> data)
    {
        if (data.IsEmpty)
        {
            return new Silent();
        }

        if (ErrorSignature.TryDecodeCall(data, out var arguments))
        {
            return new Message(((AbiValue.Text)arguments[0]).Value);
        }

        return PanicSignature.TryDecodeCall(data, out arguments)
            ? new Panic(((AbiValue.Integer)arguments[0]).Value)
            : new Other(data);
    }

    /// <summary>No data: out of gas, <c>revert()</c>, or no contract that answers.</summary>
    public sealed record Silent : AbiRevert;

    /// <summary><c>revert("...")</c> or <c>require(condition, "...")</c>.</summary>
    public sealed record Message(string Text) : AbiRevert;

    /// <summary>A failed check of the compiler: 0x01 assertion, 0x11 overflow, 0x12 division by zero, 0x32 index out of range, ...</summary>
    public sealed record Panic(BigInteger Code) : AbiRevert;

    /// <summary>An error that the contract declares, or bytes of any other form.</summary>
    public sealed record Other(ReadOnlyMemory<byte> Data) : AbiRevert;
}
