using System.Numerics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Chains;
using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;
using Qrossing.Formats.Ethereum;
using Qrossing.Gateway.Rest.Effects;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary><c>/v1/transactions</c>: value and calls onto chains, as effects.</summary>
internal sealed class TransactionEndpoints(Transactions transactions) : IMapsEndpoints
{
    private const string Tag = "Transactions";
    private const string Zero = "0";
    private static readonly BigInteger MaxValue = BigInteger.Pow(2, 256) - 1;

    private const string Example = """
        {"id":"txn_06f1m2v8d9w3x5z7a1b4c6d8e0","effectId":"eff_06f1m2v8d9w3x5z7a1b4c6d8e1","chain":"eip155:1","wallet":"wal_06f1m2v8d9w3x5z7a1b4c6d8e2","to":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","value":"1000000000000000000","outcome":"succeeded","finality":"provisional","from":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","nonce":0,"hash":"0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060"}
        """;

    public void Map(RestRoutes routes)
    {
        routes.Post("/v1/transactions", new EndpointRule(Permissions.ChainsWrite, BodyKind.Json)
        {
            CausesEffect = true,
            KeyRequired = true,
            Text = new EndpointText("sendTransaction", Tag, "Sends value or calls a contract from a managed wallet.")
            {
                Description = "The nonce is reserved durably, the signed bytes are stored before they are sent, and an unknown outcome is looked up by hash and nonce; the same bytes are the only ones ever sent in their place.",
                Request = typeof(NewTransaction),
                RequestExample = """{"chain":"eip155:1","wallet":"wal_06f1m2v8d9w3x5z7a1b4c6d8e2","to":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","value":"1000000000000000000"}""",
                Status = StatusCodes.Status201Created,
                ResponseExample = Example,
                Errors =
                [
                    ChainErrors.WalletNotFound, ChainErrors.ChainUnknown, ChainErrors.AddressInvalid, ChainErrors.CallInvalid, ChainErrors.Reverted, ChainErrors.InsufficientFunds,
                    ChainErrors.Refused, ChainErrors.WrongChain, ConnectorErrors.Disabled, AccessErrors.EnvironmentMismatch,
                ],
            },
        }, SendAsync);
        routes.Get("/v1/transactions", new EndpointRule(Permissions.ChainsRead)
        {
            Text = new EndpointText("listTransactions", Tag, "Lists transactions, newest first.")
            {
                ResponseExample = $$"""{"data":[{{Example}}]}""",
                Query = [new("wallet", "Only from this wallet."), .. QueryText.Page],
            },
        }, ListAsync);
        routes.Get("/v1/transactions/{id}", new EndpointRule(Permissions.ChainsRead)
        {
            Text = new EndpointText("getTransaction", Tag, "One transaction and how its effect stands.") { ResponseExample = Example, Errors = [ChainErrors.TransactionNotFound] },
        }, GetAsync);
    }

    private async Task<Answer> SendAsync(GatewayCall call)
    {
        var bound = call.Bind<NewTransaction>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        var errors = new List<FieldError>();
        var chain = ChainId.TryParse(bound.Value.Chain, out var parsed) ? parsed : Wrong<ChainId>(errors, "/chain", "Must be a CAIP-2 id, for example eip155:1.");
        var wallet = IdText.TryParse<WalletId>(bound.Value.Wallet, out var id) ? id : Wrong<WalletId>(errors, "/wallet", "Must be a wallet id, wal_...");
        Check(bound.Value, errors);
        if (errors.Count > 0)
        {
            return GatewayCall.Invalid(errors);
        }

        var fingerprint = call.Fingerprint();
        if (!fingerprint.IsSuccess)
        {
            return fingerprint.Refusal;
        }

        var answer = await transactions.SendAsync(
            call.Context,
            new TransactionDraft
            {
                Chain = chain,
                Wallet = wallet,
                To = bound.Value.To,
                Value = bound.Value.Value ?? Zero,
                Data = bound.Value.Data,
                Function = bound.Value.Function,
                Arguments = bound.Value.Arguments,
                Fingerprint = fingerprint.Value,
                IdempotencyKey = call.IdempotencyKey!, // the rule requires it
                Wait = call.Wait,
            },
            call.Aborted);
        return EffectAnswers.Of(call, answer);
    }

    private Task<Answer> ListAsync(GatewayCall call)
    {
        WalletId? wallet = null;
        if (call.Query("wallet") is { } given)
        {
            if (!IdText.TryParse<WalletId>(given, out var id))
            {
                return Task.FromResult<Answer>(GatewayCall.InvalidQuery("wallet", "format", "Must be a wallet id, wal_..."));
            }

            wallet = id;
        }

        return Lists.PageAsync(call, page => ReadAsync(call, wallet, page), static json => json);
    }

    private async ValueTask<Page<JsonElement>> ReadAsync(GatewayCall call, WalletId? wallet, PageRequest page)
    {
        var read = await transactions.ListAsync(call.Tenant, wallet, page, call.Aborted);
        return new Page<JsonElement>([.. read.Items.Select(json => JsonElement.Parse(json.Span))], read.Next);
    }

    private async Task<Answer> GetAsync(GatewayCall call)
    {
        if (call.Id<TransactionId>() is not { } id)
        {
            return new Refusal(ChainErrors.TransactionNotFound, $"There is no transaction '{call.Path("id")}'.");
        }

        return Answer.From(await transactions.ReadAsync(call.Tenant, id, call.Aborted), json => Answer.Bytes(StatusCodes.Status200OK, "application/json", json));
    }

    private static void Check(NewTransaction wanted, List<FieldError> errors)
    {
        if (wanted.Data is not null && wanted.Function is not null)
        {
            errors.Add(new FieldError("/data", "conflict", "Send data or a function, not both."));
        }

        if (wanted.Arguments is { } arguments && (wanted.Function is null || arguments.ValueKind != JsonValueKind.Array))
        {
            errors.Add(new FieldError("/arguments", "type", "Must be an array, beside a function."));
        }

        if (wanted.Data is null && wanted.Function is null && wanted.Value is null or Zero)
        {
            errors.Add(new FieldError("/value", "range", "Must be greater than zero; without value, data or a function is needed."));
        }

        if (wanted.Value is not null && BigInteger.Parse(wanted.Value) > MaxValue)
        {
            errors.Add(new FieldError("/value", "range", "Must be less than 2^256."));
        }

        if (wanted.Chain.StartsWith($"{Wallets.Namespace}:", StringComparison.Ordinal) && !EthereumAddress.TryParse(wanted.To, out _))
        {
            errors.Add(new FieldError("/to", "format", "Must be 0x and 40 hex digits; mixed case must carry a correct EIP-55 checksum."));
        }
    }

    private static T Wrong<T>(List<FieldError> errors, string pointer, string message)
        where T : struct
    {
        errors.Add(new FieldError(pointer, "format", message));
        return default;
    }
}
