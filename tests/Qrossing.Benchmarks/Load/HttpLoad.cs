using System.Net;
using System.Net.Sockets;
using Qrossing.Benchmarks.Measuring;

namespace Qrossing.Benchmarks.Load;

/// <summary>A closed loop over keep-alive connections: each sends its next request when its last was answered.</summary>
internal static class HttpLoad
{
    private static long _number;

    /// <summary>Runs for a while.</summary>
    public static async Task<LoadResult> RunAsync(HttpTarget target, int connections, TimeSpan duration, int expected)
    {
        var began = TimeProvider.System.GetTimestamp();
        var parts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => ConnectionAsync(target, began, duration, expected))));
        var took = TimeProvider.System.GetElapsedTime(began);
        return new LoadResult(parts.Sum(part => part.Good), parts.Sum(part => part.Other), took, new Latencies([.. parts.SelectMany(part => part.Times)]));
    }

    private static async Task<(long Good, long Other, List<double> Times)> ConnectionAsync(HttpTarget target, long began, TimeSpan duration, int expected)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, target.BaseUrl.Port);
        var reader = new AnswerReader(socket);
        var (good, other) = (0L, 0L);
        var times = new List<double>();
        while (TimeProvider.System.GetElapsedTime(began) < duration)
        {
            var request = target.Request(Interlocked.Increment(ref _number));
            var sent = TimeProvider.System.GetTimestamp();
            await socket.SendAsync(request);
            var status = await reader.ReadAsync();
            times.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
            if (status == expected)
            {
                good++;
            }
            else
            {
                other++;
            }
        }

        return (good, other, times);
    }
}
