namespace Qrossing.Gateway.Rest;

/// <summary>The endpoints of one resource.</summary>
internal interface IMapsEndpoints
{
    /// <summary>Declares them.</summary>
    void Map(RestRoutes routes);
}
