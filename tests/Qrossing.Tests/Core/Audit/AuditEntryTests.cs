using System.Text;
using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Secrets;
using Qrossing.Formats.Json;
using Qrossing.TestKit.Fakes;

namespace Qrossing.Tests.Core.Audit;

[Trait("Kind", "unit")]
public sealed class AuditEntryTests
{
    private static readonly DateTimeOffset Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddMicroseconds(60);

    private readonly FakeKeys _keys = new();

    [Fact]
    public void Entry_has_exactly_the_canonical_members()
    {
        var (entry, _) = new AuditSealer(_keys).Seal(Draft(), 7, Time);
        Assert.True(AuditEntry.TryParse(entry, out var parsed));
        Assert.Equal(
            "{\"action\":\"effects.succeeded\",\"actor\":\"system\",\"payloadHash\":\"" + parsed.PayloadHash
            + "\",\"position\":7,\"requestId\":\"req-1\",\"subject\":\"eff_1\",\"tenant\":\"default\",\"time\":\"2026-01-02T03:04:05.000060Z\",\"v\":1,\"verdict\":\"info\"}",
            Encoding.UTF8.GetString(entry.Span));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a \"quoted\" \\ text")]
    [InlineData("tab\t, line\n, \u001f and \u007f")]
    [InlineData("é, \u2028 and \U0001F600")]
    [InlineData("")]
    public void Entry_is_canonical_whatever_its_texts_hold(string text)
    {
        var (entry, _) = new AuditSealer(_keys).Seal(Draft() with { Subject = text, Actor = text, RequestId = null }, 7, Time);
        Assert.Equal(Encoding.UTF8.GetString(Jcs.Canonicalize(entry)), Encoding.UTF8.GetString(entry.Span));
        Assert.True(AuditEntry.TryParse(entry, out var parsed));
        Assert.Equal(text, parsed.Subject);
    }

    [Fact]
    public void Sealed_payload_opens_to_what_the_entry_commits_to()
    {
        var (entry, box) = new AuditSealer(_keys).Seal(Draft(), 1, Time);
        var payload = AuditEnvelope.Open(_keys, TenantId.Default, box.Span)!;
        Assert.Equal("""{"a":1,"z":"é"}""", payload.Text);
        Assert.True(AuditEntry.TryParse(entry, out var parsed));
        Assert.Equal(parsed.PayloadHash, Convert.ToHexStringLower(payload.Hash()));
    }

    [Fact]
    public void Same_payload_never_has_the_same_hash()
    {
        var sealer = new AuditSealer(_keys);
        Assert.True(AuditEntry.TryParse(sealer.Seal(Draft(), 1, Time).Entry, out var first));
        Assert.True(AuditEntry.TryParse(sealer.Seal(Draft(), 1, Time).Entry, out var second));
        Assert.NotEqual(first.PayloadHash, second.PayloadHash);
    }

    [Fact]
    public void Erasing_a_subject_s_key_erases_its_payloads_and_no_other()
    {
        var sealer = new AuditSealer(_keys);
        var theirs = sealer.Seal(Draft() with { DataSubject = "usr_1" }, 1, Time).Sealed;
        var ours = sealer.Seal(Draft(), 2, Time).Sealed;
        _keys.Erase(TenantId.Default, KeyPurposes.OfSubject("usr_1"));
        Assert.Null(AuditEnvelope.Open(_keys, TenantId.Default, theirs.Span));
        Assert.NotNull(AuditEnvelope.Open(_keys, TenantId.Default, ours.Span));
        Assert.Null(AuditEnvelope.Open(_keys, TenantId.Default, []));
    }

    [Fact]
    public void Payload_of_a_peer_may_be_nested_deeper_than_a_body()
    {
        JsonNode nested = new JsonObject();
        for (var i = 0; i < 200; i++)
        {
            nested = new JsonArray(nested);
        }

        var draft = Draft() with { Payload = new JsonObject { ["peer"] = nested, ["half"] = "\ud800" } };
        var box = new AuditSealer(_keys).Seal(draft, 1, Time).Sealed;
        Assert.Contains("\"half\":\"\ufffd\"", AuditEnvelope.Open(_keys, TenantId.Default, box.Span)!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"position\":7", "\"position\":7.5")]
    [InlineData("\"position\":7", "\"position\":\"7\"")]
    [InlineData("\"position\":7", "\"position\": 7")]
    [InlineData(",\"tenant\":\"default\"", "")]
    [InlineData("\"verdict\":\"info\"", "\"verdict\":\"info\",\"x\":\"y\"")]
    [InlineData("\"subject\":\"eff_1\"", "\"subject\":null")]
    public void Entry_in_any_other_form_is_none(string old, string replacement)
    {
        var text = Encoding.UTF8.GetString(new AuditSealer(_keys).Seal(Draft(), 7, Time).Entry.Span);
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.False(AuditEntry.TryParse(Encoding.UTF8.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal)), out _));
    }

    private static AuditDraft Draft() => new()
    {
        Tenant = TenantId.Default,
        Action = "effects.succeeded",
        Actor = "system",
        Subject = "eff_1",
        RequestId = "req-1",
        Payload = new JsonObject { ["z"] = "é", ["a"] = 1.0 },
    };
}
