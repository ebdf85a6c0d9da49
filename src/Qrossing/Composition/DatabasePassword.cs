using Qrossing.Core.Secrets;
using Qrossing.Data;

namespace Qrossing.Composition;

/// <summary>Opens <c>Data:Password</c> for the data layer.</summary>
internal static class DatabasePassword
{
    /// <summary>The options as the data layer takes them.</summary>
    /// <exception cref="ConfigurationException">The place that is named cannot be read.</exception>
    public static DataOptions Open(DataOptions options)
    {
        if (options.Engine != "postgresql" || options.Password is not { } place)
        {
            return options;
        }

        try
        {
            var password = place.Text.StartsWith(SecretText.Variable, StringComparison.Ordinal)
                ? Environment.GetEnvironmentVariable(place.Text[SecretText.Variable.Length..])
                : File.ReadAllText(place.Text[SecretText.File.Length..]).TrimEnd('\r', '\n');
            return string.IsNullOrEmpty(password) ? throw new ConfigurationException($"Data:Password: {place} is not set or empty.") : options.With(password);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Data:Password: {place} cannot be read.", unreadable);
        }
    }
}
