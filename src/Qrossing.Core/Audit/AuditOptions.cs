using System.ComponentModel.DataAnnotations;

namespace Qrossing.Core.Audit;

/// <summary>The section <c>Audit</c>. Read once at start.</summary>
public sealed record AuditOptions
{
    /// <summary>
    /// The log's name, first line of every checkpoint and name of its key (c2sp.org/tlog-checkpoint): 1 to 255 printable characters without
    /// space or plus. Default: <c>qrossing/</c> and 16 hexadecimal digits of the hash of the public key. Changing it begins a new identity: old receipts verify under the old key's name only.
    /// </summary>
    [RegularExpression(@"[^\s+\p{C}]{1,255}", ErrorMessage = "Audit:Origin has 1 to 255 characters without space, plus or control characters.")]
    public string? Origin { get; init; }

    /// <summary>Whether <c>/tlog</c> is open without a credential. Default false.</summary>
    public bool Public { get; init; }
}
