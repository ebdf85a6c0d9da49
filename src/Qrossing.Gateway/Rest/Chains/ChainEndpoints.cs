using System.Text.Json;
using Qrossing.Abstractions.Blockchain;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Chains;
using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary><c>/v1/chains</c>: reads of chains.</summary>
internal sealed class ChainEndpoints(ChainDirectory chains) : IMapsEndpoints
{
    private const string Tag = "Chains";

    private static readonly JsonElement NoArguments = JsonElement.Parse("[]"u8);

    private static readonly IReadOnlyList<ErrorCode> ReadErrors =
        [ChainErrors.ChainUnknown, ChainErrors.WrongChain, ChainErrors.RpcFailed, ConnectorErrors.Disabled, ConnectorErrors.PeerUnreachable, ConnectorErrors.CircuitOpen, AccessErrors.EnvironmentMismatch];

    public void Map(RestRoutes routes)
    {
        routes.Get("/v1/chains", new EndpointRule(Permissions.ChainsRead)
        {
            Text = new EndpointText("listChains", Tag, "Lists the chains that have a connection.")
            {
                Response = typeof(ListView<ChainView>),
                ResponseExample = """{"data":[{"chain":"eip155:1","connection":"mainnet"}]}""",
            },
        }, ListAsync);
        routes.Get("/v1/chains/{chain}", new EndpointRule(Permissions.ChainsRead)
        {
            Text = new EndpointText("getChainHead", Tag, "The newest block of a chain.")
            {
                Response = typeof(HeadView),
                ResponseExample = """{"chain":"eip155:1","number":21000000,"hash":"0xf8a4e9f6cbf3c9a3d4f9e4f7d0a8a3b1c2d3e4f5061728394a5b6c7d8e9f0a1b","time":"2026-01-31T12:00:00Z","baseFee":"7000000000"}""",
                Errors = ReadErrors,
            },
        }, call => ReadAsync(call, "get_head", static (chain, peer, token) => chain.GetHeadAsync(peer, token), HeadView.Of));
        routes.Get("/v1/chains/{chain}/balances/{address}", new EndpointRule(Permissions.ChainsRead)
        {
            Text = new EndpointText("getBalance", Tag, "The native balance of an address at the newest block.")
            {
                Response = typeof(BalanceView),
                ResponseExample = """{"address":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","balance":"10000000000000000000000","block":21000000}""",
                Errors = [ChainErrors.AddressInvalid, .. ReadErrors],
            },
        }, call => ReadAsync(call, "get_balance", (chain, peer, token) => chain.GetBalanceAsync(call.Path("address"), peer, token), BalanceView.Of));
        routes.Post("/v1/chains/{chain}/calls", new EndpointRule(Permissions.ChainsRead, BodyKind.Json)
        {
            Text = new EndpointText("callContract", Tag, "Calls a contract without a transaction.")
            {
                Request = typeof(CallRequest),
                RequestExample = """{"to":"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48","function":"decimals() returns (uint8)"}""",
                Response = typeof(CallView),
                ResponseExample = """{"data":"0x0000000000000000000000000000000000000000000000000000000000000006","values":["6"]}""",
                Errors = [ChainErrors.AddressInvalid, ChainErrors.CallInvalid, ChainErrors.Reverted, .. ReadErrors],
            },
        }, CallAsync);
    }

    private Task<Answer> ListAsync(GatewayCall call) => Task.FromResult(Answer.Ok(new ListView<ChainView>
    {
        Data = [.. chains.List(call.Tenant).Select(entry => new ChainView { Chain = entry.Chain.ToString(), Connection = entry.Connection })],
    }));

    private async Task<Answer> CallAsync(GatewayCall call)
    {
        var bound = call.Bind<CallRequest>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        var request = new ContractCall { To = bound.Value.To, Function = bound.Value.Function, Arguments = bound.Value.Arguments ?? NoArguments };
        return await ReadAsync(call, "call_contract", (chain, peer, token) => chain.CallContractAsync(request, peer, token), CallView.Of);
    }

    private async Task<Answer> ReadAsync<T, TView>(
        GatewayCall call, string operation, Func<IReadsChain, ConnectorCall, CancellationToken, ValueTask<ConnectorResult<T>>> read, Func<T, TView> view)
    {
        if (!ChainId.TryParse(call.Path("chain"), out var chain))
        {
            return new Refusal(ChainErrors.ChainUnknown, $"'{call.Path("chain")}' is not a CAIP-2 id.");
        }

        var result = await chains.ReadAsync(call.Context, chain, operation, read, call.Aborted);
        return Answer.From(result, value => Answer.Ok(view(value)));
    }
}
