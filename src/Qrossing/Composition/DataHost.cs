using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Audit;
using Qrossing.Data;

namespace Qrossing.Composition;

/// <summary>The data layer alone, for verbs that work on the database without serving.</summary>
internal static class DataHost
{
    public static ServiceProvider Build(QrossingOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(logging => LogComposition.Configure(logging, options.Logging));
        services.AddSingleton<IAuditSealer, NoAuditSealer>();
        services.AddQrossingData(options.Data);
        return services.BuildServiceProvider();
    }

    /// <summary>These verbs write no audit entries; one that tried would be a bug.</summary>
    private sealed class NoAuditSealer : IAuditSealer
    {
        public (ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Sealed) Seal(AuditDraft draft, long position, DateTimeOffset time) =>
            throw new InvalidOperationException("This command writes no audit entries.");
    }
}
