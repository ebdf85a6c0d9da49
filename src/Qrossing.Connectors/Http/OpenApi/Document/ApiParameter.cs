using Qrossing.Connectors.Http.OpenApi.Schemas;

namespace Qrossing.Connectors.Http.OpenApi.Document;

/// <summary>Where a parameter goes. Cookies are not supported.</summary>
internal enum ParameterPlace
{
    /// <summary>Style <c>simple</c>.</summary>
    Path,

    /// <summary>Style <c>form</c>.</summary>
    Query,

    /// <summary>Style <c>simple</c>.</summary>
    Header,
}

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name, unique within the operation.</param>
/// <param name="Place">Where it goes.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Explode">How arrays and objects are written (OpenAPI 3.1.0 section 4.8.12.3).</param>
/// <param name="Schema">What it may be.</param>
internal sealed record ApiParameter(string Name, ParameterPlace Place, bool Required, bool Explode, Schema Schema);
