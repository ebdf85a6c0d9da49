namespace Qrossing.Composition;

/// <summary>The configuration is wrong: every failure at once. The process ends with exit code 2.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ConfigurationException(IReadOnlyList<string> failures)
        : base(string.Join(Environment.NewLine, failures)) => Failures = failures;

    /// <summary>Makes the exception.</summary>
    public ConfigurationException()
        : this([])
    {
    }

    /// <summary>Makes the exception.</summary>
    public ConfigurationException(string message)
        : this([message])
    {
    }

    /// <summary>Makes the exception.</summary>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException) => Failures = [message];

    /// <summary>Each failure as a sentence.</summary>
    public IReadOnlyList<string> Failures { get; }
}
