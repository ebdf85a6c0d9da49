using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Audit;
using Qrossing.Core.Persistence;
using Qrossing.Data.Sql;

namespace Qrossing.Data.Writing;

/// <summary>
/// The one way to change the database (effects, One transaction). Callers queue units; one thread takes what is there, commits it
/// as one batch and tells the callers. There is no timer: while one commit waits for the disk the next batch gathers.
/// </summary>
internal sealed class Writer(SqlEngine engine, IAuditSealer sealer, LogHead head, TimeProvider clock, ILogger<Writer> log) : IWriter
{
    private const int QueueLength = 4096;

    private volatile WriterThread? _thread;

    public async Task<T> WriteAsync<T>(Func<IWriteSession, T> unit, CancellationToken cancellationToken = default)
    {
        var work = new WriteUnit<T>(unit);
        var thread = _thread ?? throw Closed();
        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((WriteUnit<T>)state!).Cancel(token), work);
        try
        {
            await thread.Queue.WriteAsync(work, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw Closed();
        }

        thread.Wake();
        return await work.Done;
    }

    /// <summary>Starts the thread under a new ownership; returns once it knows where the log stands.</summary>
    public async Task StartAsync(SqlOwnership ownership, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<WriteUnit>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
        _thread = new WriterThread(new WriterLoop(engine, ownership, sealer, head, clock, log), queue);
        await WriteAsync(static _ => true, cancellationToken);
    }

    /// <summary>Takes no more units and waits for those that are queued.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _thread, null) is { } thread)
        {
            await thread.FinishAsync();
        }
    }

    private static StorageUnavailableException Closed() => new("The database is not open.");
}
