namespace Qrossing.Core.Connectors;

/// <summary>Words stored with connections.</summary>
public static class ConnectionText
{
    /// <summary>Status: used.</summary>
    public const string Active = "active";

    /// <summary>Status: switched off by an operator.</summary>
    public const string Disabled = "disabled";

    /// <summary>Status: stopped by the gateway.</summary>
    public const string Paused = "paused";

    /// <summary>Environment: reached by live keys.</summary>
    public const string Live = "live";

    /// <summary>Environment: reached by test keys.</summary>
    public const string Sandbox = "sandbox";

    /// <summary>Managed through the API.</summary>
    public const string Api = "api";

    /// <summary>Managed in the resources file.</summary>
    public const string File = "file";

    /// <summary>Built in.</summary>
    public const string System = "system";
}
