namespace Qrossing.Vectors;

/// <summary>An operation refuses its input: answered <c>ok: false</c> with the message as <c>error</c>.</summary>
public sealed class VectorRefusedException : Exception
{
    public VectorRefusedException()
        : this("refused")
    {
    }

    public VectorRefusedException(string message)
        : base(message)
    {
    }

    public VectorRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
