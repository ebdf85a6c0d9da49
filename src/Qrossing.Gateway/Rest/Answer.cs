using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Errors;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest;

/// <summary>What a handler answers: a body, a refusal, or nothing more because it wrote the response itself.</summary>
internal sealed class Answer
{
    /// <summary>The handler wrote the response itself.</summary>
    public static readonly Answer Written = new() { _written = true };

    /// <summary>204.</summary>
    public static readonly Answer NoContent = new() { _status = StatusCodes.Status204NoContent };

    private const string Json = "application/json";

    private bool _written;
    private int _status;
    private string _contentType = Json;
    private string? _location;
    private ReadOnlyMemory<byte> _body;

    /// <summary>Why not; null for an answer that is none.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>A refusal as a problem document.</summary>
    public static implicit operator Answer(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>200 with a record as JSON.</summary>
    public static Answer Ok<T>(T value) => Of(StatusCodes.Status200OK, value);

    /// <summary>A record as JSON.</summary>
    public static Answer Of<T>(int status, T value, string? location = null) =>
        Bytes(status, Json, JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), GatewayJson.Wire), location);

    /// <summary>A body as it is.</summary>
    public static Answer Bytes(int status, string contentType, ReadOnlyMemory<byte> body, string? location = null) =>
        new() { _status = status, _contentType = contentType, _body = body, _location = location };

    /// <summary>A value's answer, or the refusal.</summary>
    public static Answer From<T>(Result<T> result, Func<T, Answer> answer) => result.IsSuccess ? answer(result.Value) : result.Refusal;

    /// <summary>Writes it.</summary>
    public async Task WriteAsync(HttpContext http)
    {
        if (_written)
        {
            return;
        }

        if (Refusal is not null)
        {
            await ProblemWriter.WriteAsync(http, Refusal);
            return;
        }

        var response = http.Response;
        response.StatusCode = _status;
        if (_location is not null)
        {
            response.Headers.Location = _location;
        }

        if (_status == StatusCodes.Status204NoContent)
        {
            return;
        }

        response.ContentType = _contentType;
        response.ContentLength = _body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(_body, http.RequestAborted);
        }
    }
}
