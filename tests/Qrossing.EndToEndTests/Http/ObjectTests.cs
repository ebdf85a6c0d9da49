using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed class ObjectTests(RunningGateway running)
{
    private HttpClient Http => running.Gateway.Http;

    [Fact]
    public async Task Content_comes_back_by_id_content_id_and_key()
    {
        var content = RandomNumberGenerator.GetBytes(600_000);
        var stored = await PutAsync(content, "image/png", "pictures/of/a%20cat.png");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), stored.GetProperty("sha256").GetString());
        Assert.Equal(content.Length, stored.GetProperty("size").GetInt32());
        foreach (var name in new[] { stored.GetProperty("id").GetString(), stored.GetProperty("cid").GetString(), "pictures/of/a%20cat.png", "pictures%2Fof%2Fa%20cat.png" })
        {
            using var answer = await Http.GetAsync(new Uri($"/v1/objects/{name}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal($"\"{stored.GetProperty("cid").GetString()}\"", answer.Headers.ETag!.Tag);
            Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Small_object_is_one_raw_leaf()
    {
        var stored = await PutAsync(Encoding.UTF8.GetBytes("hello world"), "text/plain", null);
        Assert.Equal("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e", stored.GetProperty("cid").GetString());
    }

    [Fact]
    public async Task Form_upload_stores_the_part_named_file()
    {
        using var form = new MultipartFormDataContent();
        using var part = new ByteArrayContent([1, 2, 3]);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/x-three");
        form.Add(part, "file", "three.bin");
        using var answer = await Http.PostAsync(new Uri("/v1/objects", UriKind.Relative), form, TestContext.Current.CancellationToken);
        var stored = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(3, stored.GetProperty("size").GetInt32());
        Assert.Equal("application/x-three", stored.GetProperty("contentType").GetString());
    }

    [Theory]
    [InlineData("bytes=0-0", "bytes 0-0/10", "0")]
    [InlineData("bytes=2-4", "bytes 2-4/10", "234")]
    [InlineData("bytes=7-", "bytes 7-9/10", "789")]
    [InlineData("bytes=-2", "bytes 8-9/10", "89")]
    public async Task Range_is_answered_with_that_part(string range, string contentRange, string part)
    {
        var stored = await PutAsync("0123456789"u8.ToArray(), "text/plain", null);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/objects/{stored.GetProperty("id").GetString()}");
        request.Headers.TryAddWithoutValidation("Range", range);
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(contentRange, answer.Content.Headers.ContentRange!.ToString());
        Assert.Equal(part, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Range_outside_is_416_with_the_size()
    {
        var stored = await PutAsync("0123456789"u8.ToArray(), "text/plain", null);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/objects/{stored.GetProperty("id").GetString()}");
        request.Headers.TryAddWithoutValidation("Range", "bytes=10-");
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("objects.range_not_satisfiable", (await Problem.ReadAsync(answer, HttpStatusCode.RequestedRangeNotSatisfiable)).Code);
        Assert.Equal("bytes */10", answer.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task Known_content_is_304_and_HEAD_has_no_body()
    {
        var stored = await PutAsync("0123456789"u8.ToArray(), "text/plain", null);
        var path = $"/v1/objects/{stored.GetProperty("cid").GetString()}";
        using var known = new HttpRequestMessage(HttpMethod.Get, path);
        known.Headers.IfNoneMatch.ParseAdd(stored.GetProperty("etag").GetString()!);
        using var notModified = await Http.SendAsync(known, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);

        using var head = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(10, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("?key=")]
    [InlineData("?key=bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e")]
    public async Task Key_that_cannot_be_is_refused(string query)
    {
        using var answer = await Http.PostAsync(new Uri($"/v1/objects{query}", UriKind.Relative), new ByteArrayContent([1]), TestContext.Current.CancellationToken);
        Assert.Equal("objects.key_invalid", (await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Code);
    }

    [Fact]
    public async Task Empty_content_is_content()
    {
        var stored = await PutAsync([], "text/plain", null);
        Assert.Equal("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", stored.GetProperty("cid").GetString());
        using var answer = await Http.GetAsync(new Uri($"/v1/objects/{stored.GetProperty("id").GetString()}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task List_is_narrowed_by_prefix()
    {
        await PutAsync([7], "text/plain", "listed/a");
        await PutAsync([8], "text/plain", "listed/b");
        var list = await Http.GetFromJsonAsync<JsonElement>("/v1/objects?prefix=listed/", TestContext.Current.CancellationToken);
        Assert.Equal(["listed/b", "listed/a"], list.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("key").GetString()!));
    }

    private async Task<JsonElement> PutAsync(byte[] content, string contentType, string? key)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var answer = await Http.PostAsync(new Uri("/v1/objects" + (key is null ? string.Empty : $"?key={key}"), UriKind.Relative), body, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonElement.Parse(text);
    }
}
