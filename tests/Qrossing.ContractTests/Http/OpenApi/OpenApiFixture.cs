using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Http;
using Qrossing.Connectors.Http.OpenApi;
using Qrossing.TestKit.Compliance;
using Qrossing.TestKit.Rest;

namespace Qrossing.ContractTests.Http.OpenApi;

/// <summary>http.openapi against a real small REST API and its own document.</summary>
[ConnectorFixture("http.openapi")]
internal sealed class OpenApiFixture : ConnectorFixture, ICallsOperationsFixture
{
    private const string WriteOperation = "createOrder";

    private JsonElement _document;
    private RestPeer? _peer;

    public RestPeer Desk => _peer ?? throw new InvalidOperationException("Not started.");

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _peer = await RestPeer.StartAsync();
        Calls.Secrets["ORDERS_KEY"] = RestPeer.ApiKey;
        using var http = new HttpClient();
        _document = JsonElement.Parse(await http.GetByteArrayAsync(_peer.DocumentUrl, cancellationToken));
    }

    public OpenApiOptions Options() => new()
    {
        Document = _document,
        BaseUrl = Desk.BaseUrl,
        Credentials = new CredentialOptions { ApiKey = new ApiKeyOptions { Name = "X-Orders-Key", Value = new SecretRef("env:ORDERS_KEY") } },
        Operations = new Dictionary<string, OperationOptions>
        {
            [WriteOperation] = new()
            {
                Idempotency = PeerIdempotency.Key,
                Lookup = new OperationLookupOptions
                {
                    OperationId = "listOrders",
                    Parameters = new Dictionary<string, string> { ["reference"] = "/body/reference" },
                    Found = "/reply/orders/0/reference == /body/reference",
                },
            },
        },
    };

    public override object CreateConnector(Type capability) => new OpenApiConnector(Options());

    public OperationCall Write(string name) => Order(new { reference = $"ref {name}&x=1", item = "lamp", quantity = 2 });

    public OperationCall WrongWrite() => Order(new { reference = "ref-wrong", item = "", quantity = 0 });

    public int Applied(OperationCall write) => Desk.AppliedCount(write.Body.GetProperty("reference").GetString()!);

    public string RefuseCredential() => Calls.Secrets["ORDERS_KEY"] = "an-old-key-2f9a";

    public Task TroubleNextWriteAsync(PeerTrouble trouble)
    {
        Desk.FailNext(WriteOperation, trouble switch
        {
            PeerTrouble.AppliesThenCloses => RestPeerFault.ApplyThenClose,
            PeerTrouble.Closes => RestPeerFault.Close,
            PeerTrouble.AppliesThenGarbage => RestPeerFault.ApplyThenGarbage,
            PeerTrouble.ServerError => RestPeerFault.Unavailable,
            PeerTrouble.RateLimits => RestPeerFault.RateLimited,
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        });
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private static OperationCall Order(object order) => new()
    {
        OperationId = WriteOperation,
        Parameters = JsonElement.Parse("{}"u8),
        Body = JsonSerializer.SerializeToElement(order),
    };
}
