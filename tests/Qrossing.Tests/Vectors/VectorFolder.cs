namespace Qrossing.Tests.Vectors;

/// <summary>
/// Where the public vectors are: the folder QROSSING_VECTORS names, or <c>shared/vectors</c> beside the checkout or beside
/// its parent (where worktrees share one level more). They are not part of the repository.
/// </summary>
internal static class VectorFolder
{
    /// <summary>The files of vectors, none when there is no folder.</summary>
    public static IReadOnlyList<string> Files() =>
        Candidates().Select(folder => Path.Combine(folder, "give")).FirstOrDefault(Directory.Exists) is { } give
            ? [.. Directory.EnumerateFiles(give, "*.jsonl.gz").Order(StringComparer.Ordinal)]
            : [];

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("QROSSING_VECTORS") is { Length: > 0 } named)
        {
            return [named];
        }

        var checkout = new DirectoryInfo(AppContext.BaseDirectory);
        while (checkout is not null && !File.Exists(Path.Combine(checkout.FullName, "Qrossing.slnx")))
        {
            checkout = checkout.Parent;
        }

        return new[] { checkout?.Parent, checkout?.Parent?.Parent }
            .OfType<DirectoryInfo>()
            .Select(parent => Path.Combine(parent.FullName, "shared", "vectors"));
    }
}
