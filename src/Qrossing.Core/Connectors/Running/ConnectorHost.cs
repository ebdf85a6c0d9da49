using Microsoft.Extensions.Logging;
using Qrossing.Core.Connectors.Egress;
using Qrossing.Core.Connectors.Resilience;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Connectors.Running;

/// <summary>What all instances share.</summary>
internal sealed record ConnectorHost(
    ConnectorCatalog Catalog,
    EgressPolicy Egress,
    ResilienceOptions Resilience,
    KeyRing Keys,
    SecretPlaces Places,
    string DataDirectory,
    TimeProvider Clock,
    ILoggerFactory Logs);
