using Qrossing.Core.Events;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>A delivery of a track, with its event when the lane just read it from the log.</summary>
internal readonly record struct DeliveryItem(Delivery Delivery, LogEvent? Event);
