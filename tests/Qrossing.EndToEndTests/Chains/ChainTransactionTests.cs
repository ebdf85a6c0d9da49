using System.Net;
using System.Numerics;
using System.Text.Json;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Network;

namespace Qrossing.EndToEndTests.Chains;

/// <summary>Transactions from HTTP to a real anvil that makes a block for each.</summary>
[Trait("Kind", "e2e")]
[Trait("Needs", "anvil")]
public sealed class ChainTransactionTests(ChainFixture fixture, CounterpartHost counterparts) : IClassFixture<ChainFixture>
{
    private const string EthersScript =
        """
        import { Transaction, Wallet } from "ethers";
        const [raw, key] = process.argv.slice(1);
        const read = Transaction.from(raw);
        const { type, to, nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas, data, value, chainId } = read;
        const again = await new Wallet(key).signTransaction({ type, to, nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas, data, value, chainId });
        console.log(JSON.stringify({ hash: read.hash, from: read.from, to, value: value.toString(), chainId: chainId.toString(), type, sameBytes: again === raw }));
        """;

    private ChainScenario Chain => fixture.Scenario;

    private GatewayClient Client => fixture.Scenario.Client;

    [Fact]
    public async Task Head_and_balance_are_what_the_node_says()
    {
        var head = await Client.GetAsync($"/v1/chains/{ChainScenario.Chain}");
        var block = await Chain.Node.CallAsync("eth_getBlockByNumber", $"0x{head.GetProperty("number").GetInt64():x}", false);
        Assert.Equal(block.GetProperty("hash").GetString(), head.GetProperty("hash").GetString());

        var balance = await Client.GetAsync($"/v1/chains/{ChainScenario.Chain}/balances/{AnvilCounterpart.Accounts[0].Address}");
        Assert.Equal((10_000 * ChainScenario.Ether).ToString(), balance.GetProperty("balance").GetString());
    }

    [Fact]
    [Trait("Needs", "node")]
    public async Task Transfer_is_provisional_at_first_and_final_after_its_confirmations()
    {
        var key = "0x" + new string('4', 64);
        var (wallet, address) = await Chain.WalletAsync(2 * ChainScenario.Ether, key);
        var receiver = "0x00000000000000000000000000000000000000A1";
        var sent = await Client.PostAsync("/v1/transactions", ChainScenario.Transfer(wallet, ChainScenario.Ether, receiver.ToLowerInvariant()), key: "transfer");

        var (effect, hash) = (sent.GetProperty("effectId").GetString()!, sent.GetProperty("hash").GetString()!);
        Assert.Equal(("succeeded", "provisional"), (GatewayClient.Text(sent, "outcome"), GatewayClient.Text(sent, "finality")));
        Assert.Equal("0x1", (await Chain.Node.CallAsync("eth_getTransactionReceipt", hash)).GetProperty("status").GetString());
        Assert.Equal(ChainScenario.Ether, await Chain.NumberAsync("eth_getBalance", receiver, "latest"));

        await Chain.Node.MineAsync(ChainScenario.Confirmations);
        await Client.EffectAsync(effect, "succeeded", "final");
        var receipt = await Client.GetAsync($"/v1/receipts/{effect}");
        Assert.True(receipt.GetProperty("entries").GetArrayLength() >= 5, receipt.ToString());
        var transaction = await Chain.TransactionAsync(effect);
        Assert.Equal(("final", hash), (GatewayClient.Text(transaction, "finality"), GatewayClient.Text(transaction, "hash")));

        var raw = (await Chain.Node.CallAsync("eth_getRawTransactionByHash", hash)).GetString()!;
        var read = JsonElement.Parse(await (await counterparts.NodeAsync()).RunAsync(EthersScript, "", raw, key));
        Assert.Equal((hash, address, ChainScenario.Ether.ToString(), "31337", 2), (GatewayClient.Text(read, "hash"), GatewayClient.Text(read, "from"), GatewayClient.Text(read, "value"), GatewayClient.Text(read, "chainId"), read.GetProperty("type").GetInt32()));
        Assert.True(read.GetProperty("sameBytes").GetBoolean(), "ethers signs the same fields to other bytes.");
    }

    [Fact]
    public async Task Contract_call_takes_effect_and_one_that_reverts_fails_with_the_reason()
    {
        var contract = await Chain.DeployAsync();
        var (wallet, address) = await Chain.WalletAsync(ChainScenario.Ether);
        var call = new
        {
            chain = ChainScenario.Chain,
            wallet,
            to = contract,
            function = "register(bytes32,string,bytes32[])",
            arguments = new object[] { $"0x{new string('a', 64)}", "Grundbuch", Array.Empty<string>() },
        };
        await Client.PostAsync("/v1/transactions", call, key: "register");
        var count = await Client.PostAsync($"/v1/chains/{ChainScenario.Chain}/calls", new { to = contract, function = "count() returns (uint256)" }, HttpStatusCode.OK);
        Assert.Equal("1", count.GetProperty("values")[0].GetString());

        using var again = await Client.SendAsync(HttpMethod.Post, "/v1/transactions", call, "register-again");
        var problem = (await Http.Problem.ReadAsync(again, HttpStatusCode.UnprocessableEntity)).Json;
        Assert.Equal("chains.reverted", problem.GetProperty("code").GetString());
        Assert.Equal("failed", problem.GetProperty("effectOutcome").GetString());
        var effect = await Client.GetAsync($"/v1/effects/{problem.GetProperty("effectId").GetString()}");
        Assert.Equal(("failed", "chains.reverted"), (GatewayClient.Text(effect, "outcome"), GatewayClient.Text(effect, "reason")));

        // It took no nonce: the next one is mined at once.
        await Client.PostAsync("/v1/transactions", ChainScenario.Transfer(wallet, 1), key: "after-revert");
        Assert.Equal(2, await Chain.NumberAsync("eth_getTransactionCount", address, "latest"));
    }

    [Fact]
    public async Task Twenty_transfers_at_once_take_consecutive_nonces_and_land_once_each()
    {
        const int Count = 20;
        var (wallet, address) = await Chain.WalletAsync(ChainScenario.Ether);
        var sent = await Task.WhenAll(Enumerable.Range(1, Count).Select(number => Chain.SubmitAsync(ChainScenario.Transfer(wallet, number), $"many-{number}")));
        foreach (var effect in sent)
        {
            await Client.EffectAsync(effect, "succeeded");
        }

        var mined = await Chain.MinedAsync(address);
        Assert.Equal(Enumerable.Range(0, Count), mined.Select(transaction => (int)ChainScenario.Quantity(transaction.GetProperty("nonce").GetString()!)));
        Assert.Equal(Enumerable.Range(1, Count), mined.Select(transaction => (int)ChainScenario.Quantity(transaction.GetProperty("value").GetString()!)).Order());
        var told = (await Client.ListAsync($"/v1/transactions?wallet={wallet}&limit=200")).Select(transaction => transaction.GetProperty("hash").GetString()!);
        Assert.Equal(mined.Select(transaction => transaction.GetProperty("hash").GetString()!).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Repeat_with_the_key_is_replayed_and_another_request_with_it_refused()
    {
        var (wallet, address) = await Chain.WalletAsync(ChainScenario.Ether);
        var first = await Client.PostAsync("/v1/transactions", ChainScenario.Transfer(wallet, 5), key: "replay");
        using var repeat = await Client.SendAsync(HttpMethod.Post, "/v1/transactions", ChainScenario.Transfer(wallet, 5), "replay");
        using var other = await Client.SendAsync(HttpMethod.Post, "/v1/transactions", ChainScenario.Transfer(wallet, 6), "replay");

        Assert.Equal("true", Assert.Single(repeat.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(first.GetProperty("hash").GetString(), JsonElement.Parse(await repeat.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("hash").GetString());
        Assert.Equal("idempotency.mismatch", (await Http.Problem.ReadAsync(other, HttpStatusCode.UnprocessableEntity)).Code);
        Assert.Single(await Chain.MinedAsync(address));
    }

    [Theory]
    [InlineData(FrontFault.AppliesThenCloses)]
    [InlineData(FrontFault.AppliesThenHtml)]
    [InlineData(FrontFault.Closes)]
    public async Task Transaction_whose_reply_is_lost_is_adopted_and_not_doubled(FrontFault fault)
    {
        var (wallet, address) = await Chain.WalletAsync(ChainScenario.Ether);
        Chain.Line.FailNext("eth_sendRawTransaction", fault);
        var effect = await Chain.SubmitAsync(ChainScenario.Transfer(wallet, 7), $"lost-{fault}");
        var found = await Client.EffectAsync(effect, "succeeded");

        Assert.Single(await Chain.MinedAsync(address));
        Assert.Contains(found.GetProperty("attempts").EnumerateArray(), attempt => attempt.GetProperty("kind").GetString() == "lookup");
        var events = await Client.ListAsync($"/v1/events?subject={effect}");
        Assert.Contains(events, told => told.GetProperty("type").GetString() == "q.gateway.effects.unknown.v1");
        await Client.PostAsync("/v1/transactions", ChainScenario.Transfer(wallet, 8), key: $"after-{fault}");
        Assert.Equal(2, (await Chain.MinedAsync(address)).Count);
    }

    [Fact]
    public async Task Too_little_money_waits_takes_no_nonce_and_holds_nobody_up()
    {
        var (wallet, address) = await Chain.WalletAsync(ChainScenario.Ether);
        var poor = await Chain.SubmitAsync(ChainScenario.Transfer(wallet, 5 * ChainScenario.Ether), "poor");
        await Client.EffectAsync(poor, effect => GatewayClient.Text(effect, "reason") == "chains.insufficient_funds" && GatewayClient.Text(effect, "outcome") == "pending");

        var small = await Client.PostAsync("/v1/transactions", ChainScenario.Transfer(wallet, 9), key: "small");
        Assert.Equal(0, small.GetProperty("nonce").GetInt32());

        await Chain.FundAsync(address, 10 * ChainScenario.Ether);
        await Client.PostAsync($"/v1/effects/{poor}/probe", status: HttpStatusCode.OK);
        await Client.EffectAsync(poor, "succeeded");
        Assert.Equal([new BigInteger(9), 5 * ChainScenario.Ether], (await Chain.MinedAsync(address)).Select(transaction => ChainScenario.Quantity(transaction.GetProperty("value").GetString()!)));
    }

    [Fact]
    public async Task Endpoint_of_another_chain_is_sent_nothing()
    {
        await Client.ConnectAsync("mainnet", "blockchain.evm", new { chainId = 1, endpoint = Chain.Node.Url });
        var (wallet, address) = await Chain.WalletAsync(ChainScenario.Ether);
        using var head = await Client.SendAsync(HttpMethod.Get, "/v1/chains/eip155:1");
        Assert.Equal("chains.wrong_chain", (await Http.Problem.ReadAsync(head, HttpStatusCode.BadGateway)).Code);

        var effect = await Client.PostAsync("/v1/transactions", new { chain = "eip155:1", wallet, to = ChainScenario.Receiver, value = "1" }, HttpStatusCode.Accepted, "wrong-chain", "wait=1");
        var waiting = await Client.EffectAsync(effect.GetProperty("id").GetString()!, shown => GatewayClient.Text(shown, "reason") == "chains.wrong_chain");
        Assert.Equal(("pending", "recorded"), (GatewayClient.Text(waiting, "outcome"), GatewayClient.Text(waiting, "phase")));
        Assert.Empty(await Chain.MinedAsync(address));
        await Client.PostAsync($"/v1/effects/{waiting.GetProperty("id").GetString()}/cancel", status: HttpStatusCode.OK);
    }

    [Fact]
    public async Task Wallet_shows_its_key_nowhere()
    {
        var key = "0x" + new string('5', 64);
        var (wallet, _) = await Chain.WalletAsync(0, key);
        var seen = string.Concat(
            (await Client.GetAsync($"/v1/wallets/{wallet}")).ToString(),
            (await Client.GetAsync("/v1/audit?limit=200")).ToString(),
            (await Client.GetAsync("/v1/events?limit=200")).ToString(),
            Chain.Gateway.AllOutput);
        Assert.DoesNotContain(key[2..], seen, StringComparison.OrdinalIgnoreCase);
        using var twice = await Client.SendAsync(HttpMethod.Post, "/v1/wallets", new { name = "again", privateKey = key });
        Assert.Equal("wallets.exists", (await Http.Problem.ReadAsync(twice, HttpStatusCode.Conflict)).Code);
    }
}
