using System.Net.Http.Headers;
using System.Text.Json;

namespace Qrossing.Sdk.Transport;

/// <summary>Reads a refusal.</summary>
internal static class ProblemReader
{
    private const string MediaType = "application/problem+json";

    public static async Task<QrossingProblemException> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        if (await TryReadAsync(answer, cancellationToken) is not { } problem)
        {
            var title = $"The answer has status {status} and no problem document.";
            return new QrossingProblemException(title)
            {
                Status = status,
                Title = title,
                TraceId = RequestId(answer),
                RetryAfter = RetryAfter(answer.Headers.RetryAfter),
            };
        }

        return new QrossingProblemException($"{problem.Code}: {problem.Detail ?? problem.Title}")
        {
            Status = problem.Status ?? status,
            Code = problem.Code ?? QrossingProblemException.NoDocument,
            Title = problem.Title ?? string.Empty,
            Detail = problem.Detail,
            TraceId = problem.TraceId ?? RequestId(answer),
            Retryable = problem.Retryable,
            RetryAfter = problem.RetryAfterMs is { } wait ? TimeSpan.FromMilliseconds(wait) : RetryAfter(answer.Headers.RetryAfter),
            EffectId = problem.EffectId,
            EffectOutcome = problem.EffectOutcome,
            Errors = problem.Errors ?? [],
        };
    }

    private static async Task<ProblemWire?> TryReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not MediaType)
        {
            return null;
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, SdkJson.Default.ProblemWire, cancellationToken);
        }
        catch (JsonException)
        {
            return null; // Said by the code of the exception.
        }
    }

    private static string? RequestId(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Request-Id", out var values) ? values.FirstOrDefault() : null;

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta;
}
