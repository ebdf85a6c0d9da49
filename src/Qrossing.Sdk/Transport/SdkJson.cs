using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Sdk.Effects;
using Qrossing.Sdk.Events;
using Qrossing.Sdk.Gateway;
using Qrossing.Sdk.Objects;
using Qrossing.Sdk.Webhooks;

namespace Qrossing.Sdk.Transport;

/// <summary>JSON of every shape. Unknown members are ignored: a newer gateway says more.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditCheckpoint))]
[JsonSerializable(typeof(CloudEvent))]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<Capability>>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(NewSubscription))]
[JsonSerializable(typeof(Page<CloudEvent>))]
[JsonSerializable(typeof(Page<Connection>))]
[JsonSerializable(typeof(Page<Delivery>))]
[JsonSerializable(typeof(Page<Effect>))]
[JsonSerializable(typeof(Page<Subscription>))]
[JsonSerializable(typeof(ProblemWire))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(StoredObject))]
[JsonSerializable(typeof(Subscription))]
internal sealed partial class SdkJson : JsonSerializerContext;
