using Microsoft.Extensions.Logging.Console;

namespace Qrossing.Composition;

/// <summary>Logs go to standard error, so that standard output carries results only.</summary>
internal static class LogComposition
{
    public static void Configure(ILoggingBuilder logging, LogOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Framework);
        logging.AddFilter("Qrossing", options.Level);
        if (options.Framework > LogLevel.Information)
        {
            // It writes nothing above that level, but a logger that might makes the server begin an activity for every request; ours carries the trace.
            logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        }

        // A start that fails is said in one sentence by the verb; the host would add a stack trace. That a worker ended the process stays: it is critical.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.Format == "json")
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            logging.AddSimpleConsole(simple =>
            {
                simple.SingleLine = true;
                simple.UseUtcTimestamp = true;
                simple.TimestampFormat = "HH:mm:ss.fff ";
                simple.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }
    }
}
