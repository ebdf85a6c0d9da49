using System.Globalization;

namespace Qrossing.Core;

/// <summary>Times as answers, events and audit entries write them.</summary>
public static class UtcTime
{
    /// <summary>RFC 3339 in UTC with <c>Z</c>, microseconds at most.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
