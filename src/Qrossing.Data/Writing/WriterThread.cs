using System.Threading.Channels;

namespace Qrossing.Data.Writing;

/// <summary>The writer's own thread: commits block on the disk, which the thread pool's few threads should not.</summary>
internal sealed class WriterThread
{
    /// <summary>The most units of one transaction.</summary>
    private const int BatchLimit = 1000;

    private readonly WriterLoop _loop;
    private readonly Channel<WriteUnit> _queue;
    private readonly object _gate = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _arrived;

    public WriterThread(WriterLoop loop, Channel<WriteUnit> queue)
    {
        _loop = loop;
        _queue = queue;
        new Thread(Run) { IsBackground = true, Name = "qrossing-writer" }.Start();
    }

    public ChannelWriter<WriteUnit> Queue => _queue.Writer;

    /// <summary>Called after a unit was queued.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _arrived = true;
            Monitor.Pulse(_gate);
        }
    }

    public async Task FinishAsync()
    {
        _queue.Writer.TryComplete();
        Wake();
        await _finished.Task;
    }

    /// <summary>A unit is queued before the flag is set, so a flag that is taken back here stands for a unit that the next read sees.</summary>
    private void WaitForUnits()
    {
        lock (_gate)
        {
            while (!_arrived)
            {
                Monitor.Wait(_gate);
            }

            _arrived = false;
        }
    }

    private void Run()
    {
        var batch = new List<WriteUnit>();
        try
        {
            while (true)
            {
                while (batch.Count < BatchLimit && _queue.Reader.TryRead(out var unit))
                {
                    if (unit.TryBegin())
                    {
                        batch.Add(unit);
                    }
                }

                if (batch.Count > 0)
                {
                    _loop.Commit(batch);
                    batch.Clear();
                }
                else if (_queue.Reader.Completion.IsCompleted)
                {
                    return;
                }
                else
                {
                    WaitForUnits();
                }
            }
        }
        finally
        {
            _loop.Dispose();
            _finished.SetResult();
        }
    }
}
