using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Qrossing.Simulators.Modules.Qerberos;
using Qrossing.Simulators.Modules.Qindex;
using Qrossing.Simulators.Modules.Qonsent;
using Qrossing.Simulators.Modules.Squid;

namespace Qrossing.Simulators.Modules;

/// <summary>All shapes of the room, on the wire and in the journals. Members that are null are left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(MillisecondTimestampConverter)])]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(QindexVersion))]
[JsonSerializable(typeof(SquidIdentity))]
[JsonSerializable(typeof(QonsentGrant))]
[JsonSerializable(typeof(QonsentPolicy))]
[JsonSerializable(typeof(QerberosEvent))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(string))]
internal sealed partial class ModulesJson : JsonSerializerContext;
