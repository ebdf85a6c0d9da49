namespace Qrossing.Connectors.Http.OpenApi.Document;

/// <summary>Something in the configuration that cannot be used as it stands.</summary>
/// <param name="Pointer">Where: RFC 6901 pointer into the document, or the name of an option.</param>
/// <param name="Message">What, as the end of a sentence that starts with the place.</param>
internal sealed record DocumentProblem(string Pointer, string Message)
{
    public override string ToString() => $"{Pointer} {Message}.";
}
