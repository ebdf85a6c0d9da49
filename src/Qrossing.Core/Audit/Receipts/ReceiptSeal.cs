using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Formats.Json;
using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit.Receipts;

/// <summary>The signature over a whole receipt: a signed note whose text names the hash of everything else in it.</summary>
internal static class ReceiptSeal
{
    /// <summary>First line of the note. No checkpoint can be taken for it: their second line is a number.</summary>
    public const string Context = "qrossing.receipt/v1";

    /// <summary>The member that holds the note.</summary>
    public const string Member = "signature";

    /// <summary>Adds the signature.</summary>
    public static void Sign(JsonObject receipt, NoteSigner signer) =>
        receipt[Member] = signer.Sign(TextOf(JsonSerializer.SerializeToElement(receipt))).ToString();

    /// <summary>The text that the note of this receipt must have. A signature in it is left out.</summary>
    /// <exception cref="FormatException">The receipt has no canonical form.</exception>
    public static string TextOf(JsonElement receipt)
    {
        var unsigned = JsonObject.Create(receipt) ?? throw new FormatException("A receipt is an object.");
        unsigned.Remove(Member);
        var hash = SHA256.HashData(Jcs.Canonicalize(JsonSerializer.SerializeToElement(unsigned)));
        return $"{Context}\n{Convert.ToBase64String(hash)}\n";
    }
}
