using System.Diagnostics;
using System.Globalization;

namespace Qrossing.TestKit.Processes;

/// <summary>
/// A child process that cannot outlive this test process, not even when this one is killed: <c>eng/counterparts/bound.sh</c>
/// runs it in its own process group and kills that group when our end of its standard input closes.
/// </summary>
public sealed class BoundProcess : IAsyncDisposable
{
    private readonly Process _wrapper;
    private readonly ProcessOutput _output = new();
    private readonly SemaphoreSlim _signals = new(1);

    private BoundProcess(Process wrapper, string name)
    {
        _wrapper = wrapper;
        Name = name;
    }

    /// <summary>Name for messages: the file name of the command.</summary>
    public string Name { get; }

    /// <summary>Process id of the command itself (and of its process group), not of the wrapper.</summary>
    public int Pid { get; private set; }

    /// <summary>Completes with the exit code when the command has ended and all its output is read; 128 + n after signal n.</summary>
    public Task<int> Exit { get; private set; } = Task.FromResult(0);

    /// <summary>Everything the command wrote so far.</summary>
    public ProcessOutput Output => _output;

    public static async Task<BoundProcess> StartAsync(BoundCommand command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(RepositoryRoot.Combine("eng", "counterparts", "bound.sh"))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.WorkingDirectory ?? Path.GetTempPath(),
        };
        if (command.Scratch is not null)
        {
            start.ArgumentList.Add("--scratch");
            start.ArgumentList.Add(command.Scratch);
        }

        start.ArgumentList.Add(command.File);
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        var wrapper = Process.Start(start) ?? throw new InvalidOperationException($"{command.File} did not start.");
        var bound = new BoundProcess(wrapper, Path.GetFileNameWithoutExtension(command.File));
        var firstLine = await wrapper.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"{command.File}: {await wrapper.StandardError.ReadToEndAsync(cancellationToken)}");
        bound.Pid = int.Parse(firstLine.AsSpan("pid ".Length), CultureInfo.InvariantCulture);
        bound.Exit = bound.ReadToEndAsync();
        return bound;
    }

    /// <summary>The first line, written already or later, that the condition accepts.</summary>
    /// <exception cref="InvalidOperationException">The process ended without such a line; the message carries its output.</exception>
    public Task<string> WaitForLineAsync(Func<string, bool> condition, CancellationToken cancellationToken) =>
        _output.WaitForLineAsync(condition, cancellationToken);

    /// <summary>Sends a signal to the command's whole process group; does nothing when it has ended.</summary>
    /// <param name="signal">Name without SIG: <c>TERM</c>, <c>KILL</c>, <c>STOP</c>, <c>CONT</c>.</param>
    public async Task SignalAsync(string signal)
    {
        await _signals.WaitAsync();
        try
        {
            await _wrapper.StandardInput.WriteLineAsync(signal);
            await _wrapper.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The reader of the pipe is gone, and it goes last: the command has ended.
        }
        finally
        {
            _signals.Release();
        }
    }

    /// <summary>Asks it to end, with SIGTERM unless told otherwise, and kills it after the grace period. Returns the exit code.</summary>
    public async Task<int> StopAsync(TimeSpan grace, string signal = "TERM")
    {
        await SignalAsync(signal);
        try
        {
            return await Exit.WaitAsync(grace, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            return await KillAsync();
        }
    }

    /// <summary>SIGKILL. Returns when the process is gone.</summary>
    public async Task<int> KillAsync()
    {
        await SignalAsync("KILL");
        return await Exit;
    }

    public async ValueTask DisposeAsync()
    {
        _wrapper.StandardInput.Close();
        await Exit;
        _wrapper.Dispose();
        _signals.Dispose();
    }

    private async Task<int> ReadToEndAsync()
    {
        await Task.WhenAll(
            PumpAsync(_wrapper.StandardOutput, _output.AddStandard),
            PumpAsync(_wrapper.StandardError, _output.AddError));
        await _wrapper.WaitForExitAsync();
        _output.Complete($"{Name} (pid {Pid}) ended with exit code {_wrapper.ExitCode}");
        return _wrapper.ExitCode;
    }

    private static async Task PumpAsync(StreamReader reader, Action<string> add)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            add(line);
        }
    }
}
