namespace Qrossing.Formats.Transparency;

/// <summary>A signature line of a signed note.</summary>
/// <param name="KeyName">The name of the key, as a rule a URL without scheme.</param>
/// <param name="KeyId">The first 4 bytes of the key's hash, big-endian. Together with the name it says which key to try; it proves nothing.</param>
/// <param name="Signature">The bytes that follow the key id, in a form that depends on the key's type.</param>
public sealed record NoteSignature(string KeyName, uint KeyId, byte[] Signature);
