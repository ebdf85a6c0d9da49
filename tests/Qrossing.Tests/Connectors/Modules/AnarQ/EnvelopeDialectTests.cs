using System.Net;
using System.Text;
using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Modules.AnarQ.Dialects;

namespace Qrossing.Tests.Connectors.Modules.AnarQ;

[Trait("Kind", "unit")]
public sealed class EnvelopeDialectTests
{
    [Theory]
    [InlineData("q", """{"status":"ok","code":"DONE","message":"m","data":{"a":1},"cid":"bafy","requestId":"r1"}""", """{"a":1}""")]
    [InlineData("q", """{"status":"ok","data":{"a":1}}""", """{"a":1}""")]
    [InlineData("qindex", """{"success":true,"key":"k"}""", """{"success":true,"key":"k"}""")]
    [InlineData("qindex", """{"key":"k","value":1}""", """{"key":"k","value":1}""")]
    [InlineData("bare", """[1,2]""", """[1,2]""")]
    [InlineData("monolith", """{"success":true,"data":[1]}""", "[1]")]
    [InlineData("monolith", """{"success":true,"id":7}""", """{"success":true,"id":7}""")]
    public void Success_is_read_without_its_envelope(string dialect, string body, string data)
    {
        var reply = Read(dialect, 200, body);
        Assert.True(reply!.Ok);
        Assert.Equal(data, reply.Data.GetRawText());
    }

    [Theory]
    [InlineData("q", """{"result":{"status":"ok"}}""")]
    [InlineData("q", """{"status":"healthy"}""")]
    [InlineData("q", "\u007f<html>")]
    [InlineData("q", "")]
    [InlineData("q", """{"status":"ok","status":"error"}""")]
    [InlineData("qindex", "[]")]
    [InlineData("qindex", """{"success":"yes"}""")]
    [InlineData("monolith", """{"data":1}""")]
    public void Success_without_its_envelope_is_unreadable(string dialect, string body) => Assert.Null(Read(dialect, 200, body));

    [Theory]
    [InlineData("q", """{"status":"error","code":"E1","message":"no"}""")]
    [InlineData("qindex", """{"success":false,"code":"E1","message":"no"}""")]
    [InlineData("monolith", """{"success":false,"error":{"code":"E1","message":"no"}}""")]
    public void Error_under_a_success_status_is_no_success(string dialect, string body)
    {
        var reply = Read(dialect, 200, body);
        Assert.False(reply!.Ok);
        Assert.Equal(("E1", "no"), (reply.Code, reply.Message));
    }

    [Theory]
    [InlineData("""{"status":"error","code":"QONSENT_DENIED","message":"no","retryable":false,"requestId":"r"}""", "QONSENT_DENIED")]
    [InlineData("""{"error":"Record not found","key":"k"}""", "Record not found")]
    [InlineData("""{"success":false,"error":"Broken"}""", "Broken")]
    [InlineData("<html>", null)]
    [InlineData("[]", null)]
    public void Error_is_read_as_far_as_it_goes(string body, string? code)
    {
        foreach (var dialect in new[] { "q", "qindex", "bare", "monolith" })
        {
            var reply = Read(dialect, 403, body);
            Assert.False(reply!.Ok);
            Assert.Equal(code, reply.Code);
        }
    }

    [Fact]
    public void No_content_is_a_success_in_every_dialect()
    {
        foreach (var dialect in new[] { "q", "qindex", "bare", "monolith" })
        {
            Assert.True(Read(dialect, 204, "")!.Ok);
        }
    }

    [Fact]
    public void Bare_module_may_answer_anything() => Assert.Equal(JsonValueKind.Undefined, Read("bare", 200, "%PDF-1.7")!.Data.ValueKind);

    private static NormalReply? Read(string dialect, int status, string body)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        return EnvelopeDialect.Of(dialect).Read(new PeerReply(response, Encoding.UTF8.GetBytes(body)));
    }
}
