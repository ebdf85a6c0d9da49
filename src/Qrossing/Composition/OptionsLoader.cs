namespace Qrossing.Composition;

/// <summary>Reads and validates the whole configuration.</summary>
internal static class OptionsLoader
{
    /// <summary>The options from the working directory and the environment.</summary>
    /// <exception cref="ConfigurationException">Everything that is wrong, at once.</exception>
    public static QrossingOptions Load()
    {
        var configuration = ConfigurationFiles.Load(Directory.GetCurrentDirectory(), ConfigurationFiles.EnvironmentName);
        var failures = new List<string>();
        var options = (QrossingOptions)new ConfigurationBinding(failures).Bind(typeof(QrossingOptions), configuration, string.Empty);
        if (Environment.GetEnvironmentVariable(GatewayStart.AdministratorKeyVariable) is { } key && !Core.Access.ApiKeyText.TryParse(key, out _))
        {
            failures.Add($"{GatewayStart.AdministratorKeyVariable}: the key does not match qk_<environment>_<id>_<secret> (lower-case environment, 4 to 32 and 20 to 128 letters and digits).");
        }

        failures.AddRange(ListenerUrls.Failures(Environment.GetEnvironmentVariable(ListenerUrls.Variable)));
        return failures.Count == 0 ? options : throw new ConfigurationException(failures);
    }
}
