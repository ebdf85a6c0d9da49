using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Formats.Json;
using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit;

/// <summary>The public part of an audit entry, whose exact bytes are a leaf of the transparency log (docs/receipt.md).</summary>
public sealed record AuditEntry
{
    /// <summary>The version of the form.</summary>
    public const int Version = 1;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Numbers are binary64 in RFC 8785.</summary>
    private const long LargestExact = (1L << 53) - 1;

    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static code => (char)code).Except(['"', '\\'])]);

    private static readonly string[] Optional = ["requestId", "subject"];
    private static readonly string[] Required = ["action", "actor", "payloadHash", "position", "tenant", "time", "v", "verdict"];

    /// <summary>Position in the order shared with events.</summary>
    public required long Position { get; init; }

    /// <summary>The unit's time, RFC 3339 with six digits of a second.</summary>
    public required string Time { get; init; }

    /// <summary>The owner.</summary>
    public required string Tenant { get; init; }

    /// <summary>As in <see cref="AuditDraft.Actor"/>.</summary>
    public required string Actor { get; init; }

    /// <summary>As in <see cref="AuditDraft.Action"/>.</summary>
    public required string Action { get; init; }

    /// <summary>As in <see cref="AuditDraft.Subject"/>.</summary>
    public string? Subject { get; init; }

    /// <summary>As in <see cref="AuditDraft.Verdict"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>As in <see cref="AuditDraft.RequestId"/>.</summary>
    public string? RequestId { get; init; }

    /// <summary>SHA-256 of salt and payload, 64 lower-case hexadecimal digits.</summary>
    public required string PayloadHash { get; init; }

    /// <summary>The entry of a draft.</summary>
    internal static AuditEntry Of(AuditDraft draft, long position, DateTimeOffset time, byte[] payloadHash) => new()
    {
        Position = position,
        Time = Text(time),
        Tenant = draft.Tenant.Text,
        Actor = draft.Actor,
        Action = draft.Action,
        Subject = draft.Subject,
        Verdict = draft.Verdict,
        RequestId = draft.RequestId,
        PayloadHash = Convert.ToHexStringLower(payloadHash),
    };

    /// <summary>Time as entries and receipts write it.</summary>
    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The canonical bytes (RFC 8785).</summary>
    internal byte[] Encode() => EncodePlain() ?? EncodeAny();

    /// <summary>Members in their canonical order; null where a text needs escapes or is not ASCII. Most entries are plain, and every commit waits for this.</summary>
    private byte[]? EncodePlain()
    {
        if (Position is < 0 or > LargestExact
            || !(IsPlain(Action) && IsPlain(Actor) && IsPlain(PayloadHash) && IsPlain(RequestId) && IsPlain(Subject) && IsPlain(Tenant) && IsPlain(Time) && IsPlain(Verdict)))
        {
            return null;
        }

        var text = string.Concat(
            $"{{\"action\":\"{Action}\",\"actor\":\"{Actor}\",\"payloadHash\":\"{PayloadHash}\",\"position\":{Position}",
            RequestId is null ? "" : $",\"requestId\":\"{RequestId}\"",
            Subject is null ? "" : $",\"subject\":\"{Subject}\"",
            $",\"tenant\":\"{Tenant}\",\"time\":\"{Time}\",\"v\":{Version},\"verdict\":\"{Verdict}\"}}");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, EntryBundle.MaxEntryLength, "entry");
        return Encoding.ASCII.GetBytes(text);
    }

    private static bool IsPlain(string? text) => text is null || text.AsSpan().IndexOfAnyExcept(Plain) < 0;

    private byte[] EncodeAny()
    {
        var entry = new JsonObject
        {
            ["v"] = Version,
            ["position"] = Position,
            ["time"] = Time,
            ["tenant"] = Tenant,
            ["actor"] = Actor,
            ["action"] = Action,
            ["verdict"] = Verdict,
            ["payloadHash"] = PayloadHash,
        };
        if (Subject is not null)
        {
            entry["subject"] = Subject;
        }

        if (RequestId is not null)
        {
            entry["requestId"] = RequestId;
        }

        var bytes = Jcs.Canonicalize(JsonSerializer.SerializeToElement(entry));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, EntryBundle.MaxEntryLength, nameof(entry));
        return bytes;
    }

    /// <summary>Reads an entry. False for everything that <see cref="Encode"/> would write differently.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out AuditEntry? entry)
    {
        entry = null;
        if (!StrictJson.TryParse(bytes, out var document, out _))
        {
            return false;
        }

        using (document)
        {
            var root = document.RootElement;
            if (!HasForm(root) || root.GetProperty("v").GetInt32() != Version)
            {
                return false;
            }

            entry = new AuditEntry
            {
                Position = root.GetProperty("position").GetInt64(),
                Time = Member("time")!,
                Tenant = Member("tenant")!,
                Actor = Member("actor")!,
                Action = Member("action")!,
                Subject = Member("subject"),
                Verdict = Member("verdict")!,
                RequestId = Member("requestId"),
                PayloadHash = Member("payloadHash")!,
            };
            if (!entry.Encode().AsSpan().SequenceEqual(bytes.Span))
            {
                entry = null;
            }

            return entry is not null;

            string? Member(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
    }

    private static bool HasForm(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && Array.TrueForAll(Required, name => root.TryGetProperty(name, out _))
        && root.EnumerateObject().All(member => member.Name switch
        {
            "v" => member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out _),
            "position" => member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out _),
            _ => member.Value.ValueKind == JsonValueKind.String && (Required.Contains(member.Name) || Optional.Contains(member.Name)),
        });
}
