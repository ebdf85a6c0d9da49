using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Formats.Ethereum;
using Qrossing.Formats.Ethereum.Abi;

namespace Qrossing.Connectors.Blockchain.Evm.Contracts;

/// <summary>A function as callers write it: <c>balanceOf(address) returns (uint256)</c>.</summary>
/// <param name="Signature">Name and parameters.</param>
/// <param name="Results">The types after <c>returns</c>; null without it.</param>
internal sealed record ContractFunction(AbiSignature Signature, AbiType.Tuple? Results)
{
    private const string Returns = " returns ";

    /// <summary>Reads the text. Fault: <c>chains.call_invalid</c> when it is no signature of types alone (no names, no modifiers).</summary>
    public static ConnectorResult<ContractFunction> Parse(string text)
    {
        var at = text.IndexOf(Returns, StringComparison.Ordinal);
        if (AbiSignature.TryParse(at < 0 ? text : text[..at], out var signature))
        {
            if (at < 0)
            {
                return new ContractFunction(signature, Results: null);
            }

            if (AbiType.TryParse(text[(at + Returns.Length)..], out var type) && type is AbiType.Tuple results)
            {
                return new ContractFunction(signature, results);
            }
        }

        return EvmFaults.CallInvalid("The function is not a signature such as 'balanceOf(address) returns (uint256)'.");
    }

    /// <summary>The data of a call, selector first. Fault: <c>chains.call_invalid</c> with the place of the mistake.</summary>
    public ConnectorResult<byte[]> Encode(JsonElement arguments)
    {
        if (AbiArguments.Read(Signature.Parameters, arguments, out var problem) is not { } values)
        {
            return EvmFaults.CallInvalid(problem);
        }

        return Signature.TryEncodeCall(values, out var data, out var misfit) ? data : EvmFaults.CallInvalid($"arguments{misfit}");
    }

    /// <summary>The values in the return data; null when there are none to decode. Fault: <c>chains.call_invalid</c> when the data is not of these types.</summary>
    public ConnectorResult<ContractReply> Decode(byte[] data)
    {
        JsonArray? values = null;
        if (Results is not null)
        {
            if (!AbiDecoder.TryDecode(Results, data, out var decoded))
            {
                return EvmFaults.CallInvalid(data.Length == 0
                    ? "The call returned nothing: no contract at the address, or no such function."
                    : $"The {data.Length} bytes returned are not {Results}.");
            }

            values = AbiResults.Write(decoded);
        }

        return new ContractReply { Data = Hex.Encode(data), Values = values };
    }
}
