using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Qrossing.Core.Errors;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest.Storage;

/// <summary>The content of an upload: the raw body, or the part named <c>file</c> of a form (RFC 7578), streamed either way.</summary>
internal static class UploadContent
{
    private const string PartName = "file";
    private const string Form = "multipart/form-data";
    private const int MaxBoundary = 200;

    /// <summary>The stream and the media type; null without one. Refusals: <c>http.bad_request</c>, <c>body.invalid</c>.</summary>
    public static async Task<Result<(Stream Body, string? ContentType)>> OpenAsync(GatewayCall call)
    {
        var request = call.Http.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase))
        {
            return (request.Body, string.IsNullOrEmpty(request.ContentType) ? null : request.ContentType);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > MaxBoundary)
        {
            return new Refusal(HttpErrors.BadRequest, "multipart/form-data needs a boundary of 1 to 200 characters.");
        }

        try
        {
            var section = await new MultipartReader(boundary.ToString(), request.Body).ReadNextSectionAsync(call.Aborted);
            if (section is null || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                return Missing();
            }

            return disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase) && HeaderUtilities.RemoveQuotes(disposition.Name) == PartName
                ? (section.Body, section.ContentType)
                : Missing();
        }
        catch (InvalidDataException)
        {
            return new Refusal(HttpErrors.BadRequest, "The multipart body cannot be read.");
        }
        catch (IOException cut) when (cut is not Microsoft.AspNetCore.Connections.ConnectionResetException)
        {
            return new Refusal(HttpErrors.BadRequest, "The multipart body ends too early.");
        }
    }

    private static Refusal Missing() => GatewayCall.Invalid([new FieldError($"/{PartName}", "required", "The form's first part must be named 'file'.")]);
}
