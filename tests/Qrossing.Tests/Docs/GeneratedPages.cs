namespace Qrossing.Tests.Docs;

/// <summary>
/// Every page that is made from code, each by a class of its own. They stand in the test assembly because it alone sees every room;
/// <c>eng/docs</c> writes them, and <see cref="GeneratedPageTests"/> holds them fresh.
/// </summary>
internal static class GeneratedPages
{
    /// <summary>The folder that holds nothing but generated pages.</summary>
    public const string ConnectorFolder = "docs/connectors";

    /// <summary>All of them, as they should stand on disk.</summary>
    public static async Task<IReadOnlyList<GeneratedPage>> MakeAsync(CancellationToken cancellationToken) =>
    [
        ErrorPage.Make(),
        ConfigurationPage.Make(),
        CrashPointPage.Make(),
        await ApiPage.MakeAsync(cancellationToken),
        .. ConnectorPages.Make(),
    ];
}
