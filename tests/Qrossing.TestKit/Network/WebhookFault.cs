namespace Qrossing.TestKit.Network;

/// <summary>A receiver that took the delivery and does not say so.</summary>
public enum WebhookFault
{
    /// <summary>It answers.</summary>
    None,

    /// <summary>The connection breaks off.</summary>
    Close,

    /// <summary>No answer until the sender gives up.</summary>
    Silence,
}
