using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Qrossing.Core.Errors;
using Qrossing.Core.Storage;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest.Storage;

/// <summary>The content of an upload: the raw body, or the part named <c>file</c> of a form (RFC 7578), streamed either way.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">Their media type; null without one.</param>
/// <param name="Rest">Judges what follows them in the form; null for a raw body.</param>
internal sealed record UploadContent(Stream Body, string? ContentType, Func<CancellationToken, ValueTask<Refusal?>>? Rest = null)
{
    private const string PartName = "file";
    private const string Form = "multipart/form-data";
    private const int MaxBoundary = 200;

    /// <summary>Opens it. Refusals: <c>http.unsupported_media_type</c>, <c>http.bad_request</c>, <c>body.invalid</c>.</summary>
    public static async Task<Result<UploadContent>> OpenAsync(GatewayCall call)
    {
        var request = call.Http.Request;
        var given = string.IsNullOrEmpty(request.ContentType) ? null : request.ContentType;
        if (given is not null && !MediaTypeText.Fits(given))
        {
            return NoMediaType();
        }

        if (!MediaTypeHeaderValue.TryParse(given, out var type) || !type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase))
        {
            return new UploadContent(new CheckedBody(request.Body), given);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > MaxBoundary)
        {
            return new Refusal(HttpErrors.BadRequest, "multipart/form-data needs a boundary of 1 to 200 characters.");
        }

        var reader = new MultipartReader(boundary.ToString(), request.Body);
        var first = await NextAsync(reader, call.Aborted);
        if (!first.IsSuccess)
        {
            return first.Refusal;
        }

        if (first.Value is not { Name: PartName, Section: { } file })
        {
            return string.IsNullOrEmpty(first.Value.Name) ? Missing() : Unwanted(first.Value.Name);
        }

        return string.IsNullOrEmpty(file.ContentType) || MediaTypeText.Fits(file.ContentType)
            ? new UploadContent(new CheckedBody(file.Body), string.IsNullOrEmpty(file.ContentType) ? null : file.ContentType, token => RestAsync(reader, token))
            : NoMediaType();
    }

    // A field that is silently dropped would be one that its sender believes to be kept.
    private static async ValueTask<Refusal?> RestAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        var next = await NextAsync(reader, cancellationToken);
        return !next.IsSuccess ? next.Refusal : next.Value.Section is null ? null : Unwanted(next.Value.Name ?? string.Empty);
    }

    private static async Task<Result<Part>> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            var section = await reader.ReadNextSectionAsync(cancellationToken);
            return section is not null
                && ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                && disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
                    ? new Part(section, HeaderUtilities.RemoveQuotes(disposition.Name).ToString())
                    : new Part(section, null);
        }
        catch (Exception failure) when (CheckedBody.IsMalformed(failure))
        {
            return new Refusal(HttpErrors.BadRequest, "The multipart body cannot be read, or ends too early.");
        }
    }

    private static Refusal NoMediaType() =>
        new(HttpErrors.UnsupportedMediaType, $"The Content-Type is no media type (RFC 9110 section 8.3.1) of at most {MediaTypeText.Longest} characters.");

    private static Refusal Unwanted(string name) =>
        GatewayCall.Invalid([new FieldError($"/{name}", name == PartName ? "repeated" : "unknown", "The form has one part, named 'file'; other values go into the query.")]);

    private static Refusal Missing() => GatewayCall.Invalid([new FieldError($"/{PartName}", "required", "The form's first part must be named 'file'.")]);

    private sealed record Part(MultipartSection? Section, string? Name);
}
