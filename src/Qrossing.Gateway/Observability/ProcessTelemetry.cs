using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Qrossing.Gateway.Observability;

/// <summary>The process itself: CPU, memory, descriptors, garbage collection, thread pool.</summary>
internal sealed class ProcessTelemetry : IDisposable
{
    private readonly Meter _meter = new("Qrossing.Process");

    public ProcessTelemetry()
    {
        _meter.CreateObservableCounter("process.cpu", static () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "CPU time of the process.");
        _meter.CreateObservableGauge("process.resident_memory", static () => Environment.WorkingSet, "By", "Resident memory of the process.");
        _meter.CreateObservableGauge("process.start_time", StartTime, "s", "Start of the process since the Unix epoch.");
        _meter.CreateObservableGauge("process.open_fds", OpenDescriptors, null, "Open file descriptors.");
        _meter.CreateObservableCounter("dotnet.gc.collections", Collections, null, "Garbage collections by generation.");
        _meter.CreateObservableCounter("dotnet.gc.pause", static () => GC.GetTotalPauseDuration().TotalSeconds, "s", "Time the process was stopped for garbage collection.");
        _meter.CreateObservableCounter("dotnet.gc.allocated", static () => GC.GetTotalAllocatedBytes(), "By", "Memory allocated on the managed heap.");
        _meter.CreateObservableGauge("dotnet.gc.heap", static () => GC.GetGCMemoryInfo().HeapSizeBytes, "By", "Managed heap after the last collection.");
        _meter.CreateObservableGauge("dotnet.thread_pool.threads", static () => ThreadPool.ThreadCount, null, "Threads of the pool.");
        _meter.CreateObservableGauge("dotnet.thread_pool.queue", static () => ThreadPool.PendingWorkItemCount, null, "Work items that wait for a thread.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static double StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000d;
    }

    private static IEnumerable<Measurement<long>> OpenDescriptors()
    {
        const string descriptors = "/proc/self/fd";
        return Directory.Exists(descriptors) ? [new Measurement<long>(Directory.EnumerateFileSystemEntries(descriptors).LongCount())] : [];
    }

    private static IEnumerable<Measurement<long>> Collections()
    {
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            yield return new Measurement<long>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation));
        }
    }
}
