using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;
using Qrossing.Gateway.Problems;

namespace Qrossing.Tests.Gateway;

[Trait("Kind", "unit")]
public sealed class ProblemMiddlewareTests
{
    private static readonly ErrorTable Errors = new(ErrorRegistry.Collect(typeof(ErrorTable).Assembly, typeof(HttpErrors).Assembly));

    [Theory]
    [InlineData(400, 400, "http.bad_request")]
    [InlineData(408, 408, "http.request_timeout")]
    [InlineData(413, 413, "http.body_too_large")]
    [InlineData(431, 400, "http.bad_request")]
    public async Task Request_that_the_server_could_not_read_is_a_problem(int thrown, int status, string code) =>
        Assert.Equal((status, code), await AnswerAsync(_ => throw new BadHttpRequestException("unreadable", thrown)));

    [Theory]
    [InlineData(404, 404, "http.not_found")]
    [InlineData(405, 405, "http.method_not_allowed")]
    [InlineData(415, 415, "http.unsupported_media_type")]
    [InlineData(500, 500, "http.internal")]
    [InlineData(503, 503, "http.stopping")]
    public async Task Error_status_without_a_body_gets_one(int set, int status, string code) => Assert.Equal((status, code), await AnswerAsync(context =>
    {
        context.Response.StatusCode = set;
        return Task.CompletedTask;
    }));

    [Fact]
    public async Task Exception_is_a_bug_and_tells_the_caller_nothing_of_it() =>
        Assert.Equal((500, "http.internal"), await AnswerAsync(_ => throw new InvalidOperationException("secret of the house")));

    [Fact]
    public async Task Storage_that_is_not_available_says_so() =>
        Assert.Equal((503, "storage.lost"), await AnswerAsync(_ => throw new StorageUnavailableException("The disk is gone.")));

    [Theory]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    [InlineData("POST", true)]
    public async Task Read_is_not_told_that_something_was_not_stored(string method, bool isTold)
    {
        var problem = await ProblemAsync(_ => throw new StorageUnavailableException("The disk is gone."), method);
        Assert.Equal(isTold, problem is { } json && json.GetProperty("detail").GetString()!.Contains("could not store", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Transfer_coding_that_nobody_undoes_is_501() =>
        Assert.Equal((501, "http.transfer_coding"), await AnswerAsync(_ => Task.CompletedTask, context => context.Request.Headers.TransferEncoding = "gzip, chunked"));

    private static async Task<(int Status, string Code)> AnswerAsync(RequestDelegate next, Action<HttpContext>? change = null)
    {
        var problem = await ProblemAsync(next, "POST", change) ?? throw new InvalidOperationException("There is no problem document.");
        return (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()!);
    }

    private static async Task<JsonElement?> ProblemAsync(RequestDelegate next, string method, Action<HttpContext>? change = null)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() }, Request = { Path = "/v1/objects", Method = method } };
        change?.Invoke(context);
        await new ProblemMiddleware(next, new RequestIds(new IdGenerator(TimeProvider.System)), Errors, NullLogger<ProblemMiddleware>.Instance).InvokeAsync(context);
        context.Response.Body.Position = 0;
        if (context.Response.Body.Length == 0)
        {
            return null; // HEAD
        }

        var problem = await JsonSerializer.DeserializeAsync<JsonElement>(context.Response.Body, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", context.Response.ContentType);
        Assert.DoesNotContain("secret of the house", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(context.Response.StatusCode, problem.GetProperty("status").GetInt32());
        return problem;
    }
}
