using System.Net;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

/// <summary>A problem document that was checked for form.</summary>
internal sealed record Problem(string Code, string Detail, IReadOnlyList<string> Pointers, JsonElement Json)
{
    /// <summary>Reads an answer; what is wrong with it is the exception's message.</summary>
    public static async Task<Problem> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var at = $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode} {text}";
        Assert.True(status == answer.StatusCode, $"Expected {(int)status}. {at}");
        Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/problem+json", at);
        Assert.True(answer.Headers.Contains("X-Request-Id"), at);
        var json = JsonElement.Parse(text);
        var code = json.GetProperty("code").GetString()!;
        Assert.True(json.GetProperty("type").GetString() == $"/problems/{code}", at);
        Assert.True(json.GetProperty("status").GetInt32() == (int)status, at);
        Assert.True(json.GetProperty("title").GetString()!.Length > 0 && json.GetProperty("traceId").GetString()!.Length > 0, at);
        Assert.True(json.GetProperty("instance").GetString()!.StartsWith('/'), at);
        Assert.True(json.GetProperty("retryable").ValueKind is JsonValueKind.True or JsonValueKind.False, at);
        var pointers = json.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!).ToList() : [];
        return new Problem(code, json.GetProperty("detail").GetString()!, pointers, json);
    }
}
