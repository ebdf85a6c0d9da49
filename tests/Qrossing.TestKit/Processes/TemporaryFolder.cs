using System.Globalization;
using System.Security.Cryptography;

namespace Qrossing.TestKit.Processes;

/// <summary>A folder of its own below the system's temporary folder, removed with everything in it on dispose.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <param name="purpose">Becomes part of the name, for whoever finds it left over.</param>
    public TemporaryFolder(string purpose)
    {
        Path = System.IO.Path.Combine(
            System.IO.Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"qrossing-{purpose}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}"));
        Directory.CreateDirectory(Path);
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
