namespace Qrossing.Connectors.Cloud.Local;

/// <summary>
/// Settings of <c>cloud.local</c>: none. The directory is the one that the host opens for the instance, and limits and quotas are
/// the gateway's own.
/// </summary>
internal sealed record LocalOptions;
