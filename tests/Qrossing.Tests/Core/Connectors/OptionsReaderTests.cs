using System.Text.Json;
using Qrossing.Core.Connectors.Binding;

namespace Qrossing.Tests.Core.Connectors;

[Trait("Kind", "unit")]
public sealed class OptionsReaderTests
{
    [Fact]
    public void Options_of_every_sort_are_read()
    {
        var options = Read("""
            {"baseUrl":"http://peer.test:81/x","apiKey":"env:KEY","retries":5,"pause":"PT1M","mode":"read_write","label":"ab",
             "accounts":[{"name":"a","password":"file:/run/p"}],"tokens":{"one":"env:ONE"}}
            """);

        Assert.Equal(new Uri("http://peer.test:81/x"), options.BaseUrl);
        Assert.Equal("env:KEY", options.ApiKey!.Text);
        Assert.Equal((5, TimeSpan.FromMinutes(1), PeerMode.ReadWrite), (options.Retries, options.Pause, options.Mode));
        Assert.Equal("file:/run/p", options.Accounts.Single().Password!.Text);
        Assert.Equal("env:ONE", options.Tokens["one"].Text);
    }

    [Fact]
    public void Options_left_out_have_their_defaults()
    {
        var options = Read("""{"baseUrl":"http://peer.test"}""");

        Assert.Equal((3, TimeSpan.FromSeconds(30), PeerMode.ReadOnly), (options.Retries, options.Pause, options.Mode));
    }

    [Theory]
    [InlineData("PT0.5S", false)]
    [InlineData("00:00:45", true)]
    [InlineData("PT45S", true)]
    [InlineData("45", false)]
    [InlineData("", false)]
    [InlineData("P1Y", false)]
    [InlineData("PT6M", false)]
    public void Duration_is_iso_or_clock_text_within_its_range(string text, bool good) =>
        Assert.Equal(good, Errors($$"""{"baseUrl":"http://peer.test","pause":"{{text}}"}""").Length == 0);

    [Theory]
    [InlineData("""{}""", "/options/baseUrl required")]
    [InlineData("""{"baseUrl":null}""", "/options/baseUrl required")]
    [InlineData("""{"baseUrl":"/relative"}""", "/options/baseUrl type")]
    [InlineData("""{"baseUrl":"http://me:secret@peer.test"}""", "/options/baseUrl type")]
    [InlineData("""{"baseUrl":"http://peer.test","retries":11}""", "/options/retries range")]
    [InlineData("""{"baseUrl":"http://peer.test","retries":"3"}""", "/options/retries type")]
    [InlineData("""{"baseUrl":"http://peer.test","retries":2.5}""", "/options/retries type")]
    [InlineData("""{"baseUrl":"http://peer.test","retries":null}""", "/options/retries required")]
    [InlineData("""{"baseUrl":"http://peer.test","pause":30}""", "/options/pause type")]
    [InlineData("""{"baseUrl":"http://peer.test","mode":"readOnly"}""", "/options/mode type")]
    [InlineData("""{"baseUrl":"http://peer.test","mode":0}""", "/options/mode type")]
    [InlineData("""{"baseUrl":"http://peer.test","label":"A"}""", "/options/label format")]
    [InlineData("""{"baseUrl":"http://peer.test","apiKey":""}""", "/options/apiKey type")]
    [InlineData("""{"baseUrl":"http://peer.test","accounts":{}}""", "/options/accounts type")]
    [InlineData("""{"baseUrl":"http://peer.test","accounts":[{"name":"a"},{}]}""", "/options/accounts/1/name required")]
    [InlineData("""{"baseUrl":"http://peer.test","accounts":[{"name":"much too long"}]}""", "/options/accounts/0/name range")]
    [InlineData("""{"baseUrl":"http://peer.test","tokens":{"a/b":1}}""", "/options/tokens/a~1b type")]
    [InlineData("""{"baseUrl":"http://peer.test","mode":"read_write"}""", "/options/apiKey invalid")]
    [InlineData("""[]""", "/options type")]
    public void Mistake_is_named_by_pointer_and_code(string json, string expected) => Assert.Equal(expected, Assert.Single(Errors(json)));

    [Fact]
    public void All_mistakes_are_named_at_once() => Assert.Equal(
        ["/options/retires unknown", "/options/pause type", "/options/accounts/0/name required", "/options/baseUrl required"],
        Errors("""{"retires":1,"pause":true,"accounts":[{"nmae":"x","name":null}]}""").Where(error => error != "/options/accounts/0/nmae unknown"));

    [Fact]
    public void Unknown_member_is_answered_with_the_nearest_name()
    {
        using var json = JsonDocument.Parse("""{"baseUrl":"http://peer.test","retires":1,"zzzzzzzz":2}""");

        var errors = OptionsReader.Read(typeof(PeerOptions), json.RootElement, "/options").Errors;

        Assert.Equal(["There is no 'retires'; did you mean 'retries'?", "There is no 'zzzzzzzz'."], errors.Select(error => error.Message));
    }

    private static PeerOptions Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        var bound = OptionsReader.Read(typeof(PeerOptions), json.RootElement, "/options");
        Assert.Empty(bound.Errors);
        return (PeerOptions)bound.Options!;
    }

    private static string[] Errors(string text)
    {
        using var json = JsonDocument.Parse(text);
        return [.. OptionsReader.Read(typeof(PeerOptions), json.RootElement, "/options").Errors.Select(error => $"{error.Pointer} {error.Code}")];
    }
}
