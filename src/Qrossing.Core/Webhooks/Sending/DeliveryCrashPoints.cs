namespace Qrossing.Core.Webhooks.Sending;

/// <summary>Crash points of the delivery engine.</summary>
internal static class DeliveryCrashPoints
{
    /// <summary>A delivery is about to be posted.</summary>
    public const string BeforeSend = "delivery.before_send";

    /// <summary>The endpoint answered; nothing of it is stored.</summary>
    public const string AfterSend = "delivery.after_send";
}
