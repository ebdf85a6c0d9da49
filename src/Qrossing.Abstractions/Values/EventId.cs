namespace Qrossing.Abstractions.Values;

/// <summary>Identifies an event that this gateway made: <c>evt_</c> and 26 Crockford base32 characters.</summary>
/// <param name="Text">The whole text form.</param>
public readonly record struct EventId(string Text) : ITypedId<EventId>
{
    /// <inheritdoc/>
    public static string Prefix => "evt_";

    /// <inheritdoc/>
    public static EventId FromText(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
