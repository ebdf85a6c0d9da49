namespace Qrossing.TestKit.Processes;

/// <summary>The lines a process wrote, in the order they were read, and a way to wait for one without polling.</summary>
public sealed class ProcessOutput
{
    private readonly Lock _gate = new();
    private readonly List<(bool IsError, string Text)> _lines = [];
    private TaskCompletionSource _changed = New();
    private string? _ended;

    /// <summary>Standard output so far.</summary>
    public string Standard => Join(isError: false);

    /// <summary>Standard error so far.</summary>
    public string Errors => Join(isError: true);

    /// <summary>Both, as read.</summary>
    public string All => Join(isError: null);

    /// <inheritdoc cref="BoundProcess.WaitForLineAsync"/>
    public async Task<string> WaitForLineAsync(Func<string, bool> condition, CancellationToken cancellationToken)
    {
        for (var next = 0; ;)
        {
            Task changed;
            lock (_gate)
            {
                for (; next < _lines.Count; next++)
                {
                    if (condition(_lines[next].Text))
                    {
                        return _lines[next].Text;
                    }
                }

                if (_ended is not null)
                {
                    throw new InvalidOperationException($"{_ended} before it wrote the awaited line. Its output:\n{All}");
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal void AddStandard(string line) => Add(line, isError: false);

    internal void AddError(string line) => Add(line, isError: true);

    internal void Complete(string how)
    {
        lock (_gate)
        {
            _ended = how;
            _changed.TrySetResult();
        }
    }

    private void Add(string line, bool isError)
    {
        lock (_gate)
        {
            _lines.Add((isError, line));
            _changed.TrySetResult();
            _changed = New();
        }
    }

    private string Join(bool? isError)
    {
        lock (_gate)
        {
            return string.Join('\n', _lines.Where(line => isError is null || line.IsError == isError).Select(line => line.Text));
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
