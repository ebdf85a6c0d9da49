using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Qrossing.Core.Effects;

namespace Qrossing.Tests.Core.Effects;

[Trait("Kind", "unit")]
public sealed class RelayedReplyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{ \"a\" : 1.0 }")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("plain text")]
    [InlineData("[1,2]\n")]
    public void Reply_comes_back_without_the_whitespace_around_it(string body)
    {
        var reply = new RelayedReply(201, "application/json", Encoding.UTF8.GetBytes(body));

        var read = RelayedReply.FromJson(reply.ToJson());

        Assert.Equal(201, read.Status);
        Assert.Equal("application/json", read.ContentType);
        Assert.Equal(body.Trim(), Encoding.UTF8.GetString(read.Body.Span));
    }

    [Property]
    public bool Reply_of_any_bytes_comes_back(byte[] body, NonNull<string> contentType)
    {
        var json = new RelayedReply(200, contentType.Get, body).ToJson();
        using var document = JsonDocument.Parse(json);
        var read = RelayedReply.FromJson(json).Body.Span;
        return read.SequenceEqual(body) || read.SequenceEqual(body.AsSpan().Trim(" \t\r\n"u8));
    }
}
