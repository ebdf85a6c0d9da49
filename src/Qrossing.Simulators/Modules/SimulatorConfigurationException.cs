namespace Qrossing.Simulators.Modules;

/// <summary>The simulator cannot start as it was told to. The message is for the operator and names what to change; the command answers it with exit code 2.</summary>
public sealed class SimulatorConfigurationException : Exception
{
    public SimulatorConfigurationException(string message)
        : base(message)
    {
    }

    public SimulatorConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
