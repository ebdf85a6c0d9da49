using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Faults;

/// <summary>A disk of 16 MiB in memory, with ballast on it that can be thrown off.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int BallastBytes = 4 * 1024 * 1024;

    private readonly TemporaryFolder _folder = new("disk");

    private string Ballast => Path.Combine(_folder.Path, "ballast");

    public string DataDirectory => Path.Combine(_folder.Path, "data");

    /// <summary>Mounts it; skips the test where that is not allowed.</summary>
    public static async Task<SmallDisk> MountAsync()
    {
        var disk = new SmallDisk();
        var (exitCode, output) = await RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk._folder.Path);
        if (exitCode != 0)
        {
            disk._folder.Dispose();
            Assert.Skip($"Mounting a tmpfs needs root: {output.Trim()}");
        }

        await File.WriteAllBytesAsync(disk.Ballast, new byte[BallastBytes]);
        return disk;
    }

    public void ThrowBallastOff() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string file, params string[] arguments)
    {
        await using var process = await BoundProcess.StartAsync(new BoundCommand(file, arguments), CancellationToken.None);
        return (await process.Exit, process.Output.All);
    }
}
