using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Qrossing.Gateway.Rest;

/// <summary>How long a caller waits for an outcome: <c>Prefer: wait=SECONDS</c> (RFC 7240 section 4.3).</summary>
internal static class WaitPreference
{
    /// <summary>Without the preference. 10 s.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    /// <summary>At most. 60 s.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>The wait asked for, cut to the longest; null without a preference. One that cannot be read is ignored (section 2).</summary>
    public static TimeSpan? Read(StringValues prefer)
    {
        foreach (var header in prefer)
        {
            foreach (var preference in (header ?? string.Empty).Split(',', ';'))
            {
                var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
                if (parts is [var name, var text]
                    && name.Equals("wait", StringComparison.OrdinalIgnoreCase)
                    && long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                {
                    return seconds >= (long)Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);
                }
            }
        }

        return null;
    }
}
