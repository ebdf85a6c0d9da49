using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Qrossing.Core.Access;

/// <summary>The text of an API key: <c>qk_&lt;environment&gt;_&lt;id&gt;_&lt;secret&gt;</c> (contract, Credentials). The prefix lets secret scanners find leaked keys.</summary>
public sealed record ApiKeyText
{
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string LowerAlphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz";

    private ApiKeyText(string text, string environment, string publicId)
    {
        (Text, Environment, PublicId) = (text, environment, publicId);
    }

    /// <summary>The whole text: a secret.</summary>
    public string Text { get; }

    /// <summary><c>live</c>, <c>test</c> or an operator's own.</summary>
    public string Environment { get; }

    /// <summary>The part that names the key; no secret.</summary>
    public string PublicId { get; }

    /// <summary>A new key: 12 characters of id, 43 of secret (256 bits).</summary>
    public static ApiKeyText Create(string environment)
    {
        var id = RandomNumberGenerator.GetString(Alphanumeric, 12);
        var secret = RandomNumberGenerator.GetString(Alphanumeric, 43);
        return new ApiKeyText($"qk_{environment}_{id}_{secret}", environment, id);
    }

    /// <summary>Whether a text is an environment name.</summary>
    public static bool IsEnvironment(string text) =>
        text.Length is >= 1 and <= 16 && text.AsSpan().IndexOfAnyExcept(LowerAlphanumeric) < 0;

    /// <summary>Reads a key: <c>^qk_[a-z0-9]{1,16}_[A-Za-z0-9]{4,32}_[A-Za-z0-9]{20,128}$</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key = null;
        var parts = text is { Length: <= 200 } ? text.Split('_') : [];
        if (parts is not ["qk", var environment, var id, var secret]
            || !IsEnvironment(environment)
            || id.Length is < 4 or > 32 || id.AsSpan().IndexOfAnyExcept(Alphanumeric) >= 0
            || secret.Length is < 20 or > 128 || secret.AsSpan().IndexOfAnyExcept(Alphanumeric) >= 0)
        {
            return false;
        }

        key = new ApiKeyText(text!, environment, id);
        return true;
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"qk_{Environment}_{PublicId}_...";
}
