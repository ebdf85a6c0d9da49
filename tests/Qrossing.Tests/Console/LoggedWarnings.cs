using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Qrossing.Tests.OperatorConsole;

/// <summary>Keeps what a host logs at the level of a warning and above.</summary>
internal sealed class LoggedWarnings : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> All { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            All.Enqueue(formatter(state, exception));
        }
    }

    public void Dispose()
    {
    }
}
