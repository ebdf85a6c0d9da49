using Microsoft.AspNetCore.Http;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Chains;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary><c>/v1/wallets</c>: managed keys.</summary>
internal sealed class WalletEndpoints(Wallets wallets, IChainStore store) : IMapsEndpoints
{
    private const string Tag = "Wallets";

    private const string Example = """
        {"id":"wal_06f1m2v8d9w3x5z7a1b4c6d8e0","name":"treasury","namespace":"eip155","address":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","createdAt":"2026-01-31T12:00:00Z"}
        """;

    public void Map(RestRoutes routes)
    {
        routes.Post("/v1/wallets", new EndpointRule(Permissions.WalletsAdmin, BodyKind.Json)
        {
            Text = new EndpointText("createWallet", Tag, "Makes a managed wallet, or imports a key.")
            {
                Description = EndpointText.NoRepeat,
                Request = typeof(NewWallet),
                RequestExample = """{"name":"treasury"}""",
                Response = typeof(WalletView),
                Status = StatusCodes.Status201Created,
                ResponseExample = Example,
                Errors = [ChainErrors.KeyInvalid, ChainErrors.WalletExists],
            },
        }, CreateAsync);
        routes.Get("/v1/wallets", new EndpointRule(Permissions.WalletsRead)
        {
            Text = new EndpointText("listWallets", Tag, "Lists wallets, newest first.")
            {
                Response = typeof(ListView<WalletView>),
                ResponseExample = $$"""{"data":[{{Example}}]}""",
                Query = QueryText.Page,
            },
        }, call => Lists.PageAsync(call, page => store.ListWalletsAsync(call.Tenant, page, call.Aborted), WalletView.Of));
        routes.Get("/v1/wallets/{id}", new EndpointRule(Permissions.WalletsRead)
        {
            Text = new EndpointText("getWallet", Tag, "One wallet.") { Response = typeof(WalletView), ResponseExample = Example, Errors = [ChainErrors.WalletNotFound] },
        }, GetAsync);
    }

    private async Task<Answer> CreateAsync(GatewayCall call)
    {
        var bound = call.Bind<NewWallet>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        var made = await wallets.CreateAsync(call.Context, bound.Value.Name, bound.Value.PrivateKey, call.Aborted);
        return Answer.From(made, wallet => Answer.Of(StatusCodes.Status201Created, WalletView.Of(wallet), $"/v1/wallets/{wallet.Id}"));
    }

    private async Task<Answer> GetAsync(GatewayCall call) =>
        call.Id<WalletId>() is { } id && await store.GetWalletAsync(call.Tenant, id, call.Aborted) is { } wallet
            ? Answer.Ok(WalletView.Of(wallet))
            : new Refusal(ChainErrors.WalletNotFound, $"There is no wallet '{call.Path("id")}'.");
}
