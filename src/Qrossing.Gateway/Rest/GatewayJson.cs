using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Gateway.Health;
using Qrossing.Gateway.Reference;
using Qrossing.Gateway.Rest.Access;
using Qrossing.Gateway.Rest.Audit;
using Qrossing.Gateway.Rest.Chains;
using Qrossing.Gateway.Rest.Connections;
using Qrossing.Gateway.Rest.Effects;
using Qrossing.Gateway.Rest.Events;
using Qrossing.Gateway.Rest.Storage;
using Qrossing.Gateway.Rest.Webhooks;

namespace Qrossing.Gateway.Rest;

/// <summary>The JSON of every answer: camelCase, members without a value left out.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ListView<EffectView>))]
[JsonSerializable(typeof(ListView<ObjectView>))]
[JsonSerializable(typeof(ListView<ApiKeyView>))]
[JsonSerializable(typeof(ListView<AuditView>))]
[JsonSerializable(typeof(ListView<ChainView>))]
[JsonSerializable(typeof(ListView<ConnectionResource>))]
[JsonSerializable(typeof(ListView<ConnectorView>))]
[JsonSerializable(typeof(ListView<DeliveryView>))]
[JsonSerializable(typeof(ListView<JsonElement>))]
[JsonSerializable(typeof(ListView<OperationView>))]
[JsonSerializable(typeof(ListView<SubscriptionView>))]
[JsonSerializable(typeof(ListView<WalletView>))]
[JsonSerializable(typeof(AcceptedView))]
[JsonSerializable(typeof(BalanceView))]
[JsonSerializable(typeof(CallView))]
[JsonSerializable(typeof(CapabilitiesView))]
[JsonSerializable(typeof(CheckpointView))]
[JsonSerializable(typeof(HeadView))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(TestView))]
[JsonSerializable(typeof(LivenessView))]
[JsonSerializable(typeof(ReadinessView))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(ListView<ErrorView>))]
internal sealed partial class GatewayJson : JsonSerializerContext
{
    /// <summary>As answers are written: text is not escaped for HTML, because no answer is HTML (<c>nosniff</c> goes with each).</summary>
    public static readonly GatewayJson Wire = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTimeConverter() },
    });
}
