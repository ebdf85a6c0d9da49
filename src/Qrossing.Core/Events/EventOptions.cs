using System.ComponentModel.DataAnnotations;

namespace Qrossing.Core.Events;

/// <summary>The section <c>Events</c>. Read once at start.</summary>
public sealed record EventOptions
{
    /// <summary><see cref="UnknownTypes"/>: take every valid CloudEvent.</summary>
    public const string Accept = "accept";

    /// <summary><see cref="UnknownTypes"/>: take types of the ecosystem's form only.</summary>
    public const string Refuse = "refuse";

    /// <summary>The CloudEvents <c>source</c> of the gateway's own events: a URI reference, 1 to 2,048 characters. Default <c>/qrossing</c>.</summary>
    [Required]
    [StringLength(2048, MinimumLength = 1)]
    public string Source { get; init; } = "/qrossing";

    /// <summary>
    /// What happens to events whose type has not the form <c>q.&lt;module&gt;.&lt;action&gt;[...].v&lt;N&gt;</c>: <c>accept</c> (default) or
    /// <c>refuse</c> (422 <c>events.unknown_type</c>). <c>quarantine</c> is not offered by this version.
    /// </summary>
    [AllowedValues(Accept, Refuse, ErrorMessage = "Events:UnknownTypes must be 'accept' or 'refuse'; this version has no quarantine.")]
    public string UnknownTypes { get; init; } = Accept;
}
