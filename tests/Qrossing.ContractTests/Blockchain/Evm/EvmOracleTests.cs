using System.Numerics;
using System.Text.Json;
using Qrossing.Formats.Ethereum;
using Qrossing.TestKit.Counterparts;

namespace Qrossing.ContractTests.Blockchain.Evm;

/// <summary>The bytes that would be sent, against ethers: it reads them as meant, and signs the same fields to the same bytes.</summary>
[Trait("Kind", "contract")]
[Trait("Needs", "anvil")]
[Trait("Needs", "node")]
public sealed class EvmOracleTests(CounterpartHost counterparts)
{
    private const string Script =
        """
        import { Interface, Transaction, Wallet } from "ethers";
        const [raw, key, signature, args] = process.argv.slice(1);
        const read = Transaction.from(raw);
        const { type, to, nonce, gasLimit, gasPrice, maxFeePerGas, maxPriorityFeePerGas, data, value, chainId } = read;
        const fees = type === 2 ? { maxFeePerGas, maxPriorityFeePerGas } : { gasPrice };
        const again = await new Wallet(key).signTransaction({ type, to, nonce, gasLimit, ...fees, data, value, chainId });
        const expected = signature ? new Interface([`function ${signature}`]).encodeFunctionData(signature.split("(")[0], JSON.parse(args)) : "0x";
        console.log(JSON.stringify({
          hash: read.hash, from: read.from, to, nonce, value: value.toString(), chainId: chainId.toString(), type,
          sameBytes: again === raw, sameData: expected === data }));
        """;

    [Theory]
    [InlineData("", "[]", false)]
    [InlineData("", "[]", true)]
    [InlineData("register(bytes32,string,bytes32[])", """["0x00000000000000000000000000000000000000000000000000000000000000aa","Grundbuch №7",["0x00000000000000000000000000000000000000000000000000000000000000ff"]]""", false)]
    [InlineData("pagesOf(int256,int256)", """["-57896044618658097711785492504343953926634992332820282019728792003956564819968","3"]""", true)]
    public async Task Raw_transaction_is_the_one_that_ethers_makes(string function, string arguments, bool legacy)
    {
        await using var chain = await EvmFixture.StartedAsync();
        var contract = await chain.DeployAsync();
        var request = function.Length == 0 ? EvmFixture.Transfer(BigInteger.Pow(10, 18) + 7) : EvmFixture.Calling(contract, function, arguments);
        if (legacy)
        {
            chain.Front.AnswerNext("eth_getBlockByNumber", """{"number":"0x1","hash":"0x01","timestamp":"0x1"}""");
        }

        var (transaction, query) = await chain.SignAsync(request, nonce: 300);
        var node = await counterparts.NodeAsync();
        var printed = await node.RunAsync(Script, "", Hex.Encode(transaction.Raw.Span), EvmFixture.Alice.PrivateKey, function, arguments);
        var read = JsonElement.Parse(printed);

        Assert.Equal(query.Hash, read.GetProperty("hash").GetString());
        Assert.Equal(EvmFixture.Alice.Address, read.GetProperty("from").GetString());
        Assert.True(EthereumAddress.TryParse(request.To, out var to));
        Assert.Equal(to.ToString(), read.GetProperty("to").GetString());
        Assert.Equal(request.Value.ToString(), read.GetProperty("value").GetString());
        Assert.Equal(("31337", 300, legacy ? 0 : 2), (read.GetProperty("chainId").GetString(), read.GetProperty("nonce").GetInt32(), read.GetProperty("type").GetInt32()));
        Assert.True(read.GetProperty("sameBytes").GetBoolean(), "ethers signs the same fields to other bytes.");
        Assert.True(read.GetProperty("sameData").GetBoolean(), "ethers encodes the call to other data.");
    }
}
