namespace Qrossing.Core.Events;

/// <summary>The CloudEvents <c>source</c> of this gateway's own events. Default <c>/qrossing</c>; an installation with several gateways names them apart.</summary>
/// <param name="Text">A URI reference.</param>
public sealed record EventSource(string Text = "/qrossing");
