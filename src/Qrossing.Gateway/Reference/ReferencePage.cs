using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qrossing.Gateway.Rest;
using Scalar.AspNetCore;

namespace Qrossing.Gateway.Reference;

/// <summary><c>/docs</c>: the reference page (Scalar), from this process only: its policy lets the browser ask nobody else.</summary>
internal static class ReferencePage
{
    /// <summary>Where it stands.</summary>
    public static readonly PathString Root = new("/docs");

    /// <summary>The page's own script writes styles and compiles templates; everything it loads comes from here.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Declares the page and its script.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapScalarApiReference(Root, static options =>
            {
                options.Title = "Qrossing";
                options.OpenApiRoutePattern = "/openapi/{documentName}.json";
                options.DefaultFonts = false;
                options.Telemetry = false;

                // What would hand the document, or the reader's questions, to somebody else's service.
                options.DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools();
                options.AddDocument(ApiDocument.Name);
            })
            .WithMetadata(new EndpointRule(Permission: null) { Text = new EndpointText("getReferencePage", "Reference", "The reference page.") { MediaType = "text/html" } });
}
