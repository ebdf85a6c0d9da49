namespace Qrossing.TestKit.Processes;

/// <summary>The checkout the running tests were built from, found by walking up to the solution file.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>Absolute path of the folder that holds <c>Qrossing.slnx</c>.</summary>
    public static string Path => Found.Value;

    /// <summary>Absolute path of a file or folder given relative to the root.</summary>
    public static string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Qrossing.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Qrossing.slnx above {AppContext.BaseDirectory}: these tests run from a checkout.");
    }
}
