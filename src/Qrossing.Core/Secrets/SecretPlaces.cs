using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Secrets;

/// <summary>
/// Which variables and files the secrets of connections may name. Whoever may configure a connection chooses both the secret and where it is sent, so
/// what belongs to the gateway itself is not given out: its root key and database password, its configuration, its data, the kernel's views of its memory.
/// </summary>
internal sealed class SecretPlaces
{
    private const string OwnVariables = "QROSSING";
    private const string ServiceCredentials = "CREDENTIALS_DIRECTORY"; // systemd.exec, LoadCredential=
    private const string ContainerSecrets = "/run/secrets";

    private readonly string _dataDirectory;
    private readonly IReadOnlyList<string> _directories;
    private readonly IReadOnlyList<SecretRef> _own;
    private readonly IReadOnlyList<string> _ownFiles;

    /// <summary>Names the places.</summary>
    /// <param name="options">Where secret files may lie, and where the root key is.</param>
    /// <param name="dataDirectory">The gateway's data directory.</param>
    /// <param name="own">Further secrets of the gateway itself.</param>
    /// <param name="ownFiles">Its configuration files.</param>
    public SecretPlaces(SecretsOptions options, string dataDirectory, IReadOnlyList<SecretRef> own, IReadOnlyList<string> ownFiles)
    {
        _dataDirectory = dataDirectory;
        _directories = options.Directories.Count > 0 ? options.Directories : Usual();
        _own = options.RootKey is { } root ? [root, .. own] : own;
        _ownFiles = [.. ownFiles, .. _own.Where(static secret => secret.Text.StartsWith(SecretText.File, StringComparison.Ordinal)).Select(static secret => secret.Text[SecretText.File.Length..])];
    }

    /// <summary>Why the variable may not be named; null when it may.</summary>
    public string? RefusalOfVariable(string name) =>
        name.StartsWith(OwnVariables, StringComparison.OrdinalIgnoreCase) || _own.Any(secret => secret.Text.Equals(SecretText.Variable + name, StringComparison.OrdinalIgnoreCase))
            ? $"{SecretText.Variable}{name} belongs to the gateway itself."
            : null;

    /// <summary>Why the file may not be named, after links; null when it may, and <paramref name="target"/> is what to read.</summary>
    /// <exception cref="IOException">The path cannot be followed.</exception>
    public string? RefusalOfFile(string path, out string target)
    {
        var followed = target = Target(path);
        if (IsBelow(followed, _dataDirectory) || IsKernels(followed) || _ownFiles.Any(own => Target(own).Equals(followed, StringComparison.Ordinal)))
        {
            return $"{SecretText.File}{path} belongs to the gateway itself.";
        }

        return _directories.Any(folder => IsBelow(followed, folder))
            ? null
            : $"{SecretText.File}{path} is not below one of Secrets:Directories ({(_directories.Count == 0 ? "none" : string.Join(", ", _directories))}).";
    }

    private static List<string> Usual() =>
        Environment.GetEnvironmentVariable(ServiceCredentials) is { Length: > 0 } credentials ? [credentials, ContainerSecrets] : [ContainerSecrets];

    private static bool IsKernels(string path) => IsBelow(path, "/proc") || IsBelow(path, "/sys") || IsBelow(path, "/dev");

    // Links count as what they lead to, the last one and those on the way.
    private static string Target(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null)
        {
            return full;
        }

        full = Path.Combine(Target(folder), Path.GetFileName(full));
        var info = new FileInfo(full);
        return info.LinkTarget is null ? full : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(Target(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
