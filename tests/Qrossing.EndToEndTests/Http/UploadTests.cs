using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

/// <summary>What an upload may look like.</summary>
[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed class UploadTests(RunningGateway running)
{
    private HttpClient Http => running.Gateway.Http;

    public static TheoryData<string> WrongMediaTypes => ["garbage", "a/", "/b", "a/b; x=\"\\\"", "a/b; x", "a/b\u007f", "a/b; x=\"\u0001\"", "text/plain; x=" + new string('y', 20_000)];

    [Theory]
    [MemberData(nameof(WrongMediaTypes))]
    public async Task Media_type_that_is_none_is_refused(string mediaType)
    {
        using var body = new ByteArrayContent([1]);
        body.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        using var answer = await PostAsync(body);
        if (mediaType.Contains('\u0001', StringComparison.Ordinal))
        {
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType); // the server's own header rules come first
            return;
        }

        Assert.Equal("http.unsupported_media_type", (await Problem.ReadAsync(answer, HttpStatusCode.UnsupportedMediaType)).Code);
    }

    [Fact]
    public async Task Media_type_of_a_part_that_is_none_is_refused()
    {
        using var answer = await PostAsync(Form("b", "--b\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Type: garbage\r\n\r\nx\r\n--b--\r\n"));
        Assert.Equal("http.unsupported_media_type", (await Problem.ReadAsync(answer, HttpStatusCode.UnsupportedMediaType)).Code);
    }

    [Theory]
    [InlineData("text/plain;charset=utf-8")]
    [InlineData("application/vnd.a+json; v=\"1; \\\"2\\\"\"")]
    public async Task Media_type_comes_back_as_it_was_given(string mediaType)
    {
        using var body = new ByteArrayContent([1]);
        body.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        using var answer = await PostAsync(body);
        var stored = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        using var read = await Http.GetAsync(new Uri($"/v1/objects/{stored.GetProperty("id").GetString()}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(mediaType, Assert.Single(read.Content.Headers.NonValidated["Content-Type"]));
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf of it")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf of it\r\n")]
    public async Task Form_that_ends_too_early_is_400(string form)
    {
        using var answer = await PostAsync(Form("b", form));
        Assert.Equal("http.bad_request", (await Problem.ReadAsync(answer, HttpStatusCode.BadRequest)).Code);
    }

    [Theory]
    [InlineData("file", "file")]
    [InlineData("file", "note")]
    [InlineData("note", "file")]
    public async Task Part_beside_the_file_is_named_and_refused(string first, string second)
    {
        using var answer = await PostAsync(Form(
            "b", $"--b\r\nContent-Disposition: form-data; name=\"{first}\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"{second}\"\r\n\r\ny\r\n--b--\r\n"));
        var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("body.invalid", problem.Code);
        Assert.Equal([$"/{(first == "file" ? second : first)}"], problem.Pointers);
    }

    [Theory]
    [InlineData("?key=.")]
    [InlineData("?key=..")]
    [InlineData("?key=a/../b")]
    [InlineData("?key=./a")]
    [InlineData("?key=a/.")]
    [InlineData("?key=%ff")]
    [InlineData("?key=a%0Ab")]
    [InlineData("?key=a&key=b")]
    public async Task Key_that_no_path_can_name_is_refused(string query)
    {
        using var answer = await Http.PostAsync(new Uri($"/v1/objects{query}", UriKind.Relative), new ByteArrayContent([1]), TestContext.Current.CancellationToken);
        Assert.Equal(["?key"], (await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity)).Pointers);
    }

    [Fact]
    public async Task HEAD_knows_no_ranges()
    {
        using var stored = await PostAsync(new ByteArrayContent("0123456789"u8.ToArray()));
        var id = (await stored.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/v1/objects/{id}");
        request.Headers.Range = new RangeHeaderValue(100, null);
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(10, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Upload_larger_than_the_disk_is_refused_before_it_is_sent()
    {
        var (status, text) = await RawHttp.SendAsync(
            running.Gateway.BaseUrl,
            $"POST /v1/objects HTTP/1.1\r\nHost: {running.Gateway.BaseUrl.Authority}\r\nX-Api-Key: {running.Gateway.AdminKey}\r\nConnection: close\r\nContent-Length: {long.MaxValue / 2}\r\n\r\n",
            TestContext.Current.CancellationToken);
        Assert.Equal(507, status);
        Assert.Contains("storage.full", text, StringComparison.Ordinal);
    }

    private static StringContent Form(string boundary, string body) =>
        new(body, Encoding.Latin1) { Headers = { ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}") } };

    private async Task<HttpResponseMessage> PostAsync(HttpContent body)
    {
        using (body)
        {
            return await Http.PostAsync(new Uri("/v1/objects", UriKind.Relative), body, TestContext.Current.CancellationToken);
        }
    }
}
