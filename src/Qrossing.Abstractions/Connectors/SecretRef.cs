namespace Qrossing.Abstractions.Connectors;

/// <summary>
/// Where a secret is kept: <c>env:NAME</c>, <c>file:PATH</c>, or <c>enc:...</c> (an envelope under the gateway's key ring, made when a plain
/// value came in over the API). Never the secret itself, so it may be logged.
/// </summary>
/// <param name="Text">The reference.</param>
public sealed record SecretRef(string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text.StartsWith("enc:", StringComparison.Ordinal) ? "enc:(sealed)" : Text;
}
