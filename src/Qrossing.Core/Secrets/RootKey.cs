using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Connectors;
using Qrossing.Core.Connectors.Files;

namespace Qrossing.Core.Secrets;

/// <summary>Finds, or on the first start makes, the root key.</summary>
internal sealed class RootKey(SecretsOptions options, string dataDirectory, ILogger log)
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int HexCharacters = 2 * Envelope.KeyBytes;

    private string Folder => Path.Combine(dataDirectory, "keys");

    private string DefaultFile => Path.Combine(Folder, "root.key");

    /// <summary>The root key.</summary>
    /// <param name="ringIsEmpty">Nothing is wrapped yet: only then may a missing key be made.</param>
    /// <exception cref="KeyRingException">It is missing, of the wrong size, or readable by others.</exception>
    public byte[] Read(bool ringIsEmpty) => options.RootKey is { } configured ? Configured(configured) : Default(ringIsEmpty);

    private static byte[] Configured(SecretRef place)
    {
        byte[]? content = null;
        if (place.Text.StartsWith(SecretText.Variable, StringComparison.Ordinal))
        {
            content = Environment.GetEnvironmentVariable(place.Text[SecretText.Variable.Length..]) is { } text ? Encoding.UTF8.GetBytes(text) : null;
        }
        else if (place.Text.StartsWith(SecretText.File, StringComparison.Ordinal) && File.Exists(place.Text[SecretText.File.Length..]))
        {
            content = File.ReadAllBytes(place.Text[SecretText.File.Length..]);
        }

        return Decode(content ?? throw new KeyRingException($"Secrets:RootKey names {place}, which is not there. It must be env:NAME or file:PATH."))
            ?? throw new KeyRingException($"The root key at {place} is not 32 bytes: raw, base64 or hex.");
    }

    private byte[] Default(bool ringIsEmpty)
    {
        if (!File.Exists(DefaultFile))
        {
            return ringIsEmpty
                ? Make()
                : throw new KeyRingException($"The root key {DefaultFile} is missing, and the database holds keys that only it opens. Restore it from the backup that belongs to this database.");
        }

        CheckMode();
        var key = File.ReadAllBytes(DefaultFile);
        return key.Length == Envelope.KeyBytes
            ? key
            : throw new KeyRingException($"The root key {DefaultFile} has {key.Length} bytes instead of {Envelope.KeyBytes}. Restore it from a backup.");
    }

    private byte[] Make()
    {
        var key = RandomNumberGenerator.GetBytes(Envelope.KeyBytes);
        DirectorySync.Create(Folder);
        var temporary = DefaultFile + ".new"; // a name of its own until it is whole: a crash leaves no short key behind
        File.Delete(temporary);
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = OwnerReadsAndWrites;
        }

        using (var file = new FileStream(temporary, settings))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, DefaultFile);
        DirectorySync.Flush(Folder);
        CheckMode();
        SecretsLog.RootKeyMade(log, DefaultFile);
        return key;
    }

    private void CheckMode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Check(DefaultFile, OwnerReadsAndWrites, "0600");
        Check(Folder, OwnerReadsAndWrites | UnixFileMode.UserExecute, "0700");

        static void Check(string path, UnixFileMode most, string octal)
        {
            if ((File.GetUnixFileMode(path) & ~most) != UnixFileMode.None)
            {
                throw new KeyRingException($"Others can reach {path}. Set its mode to {octal}, and make a new installation if anybody may have read it.");
            }
        }
    }

    private static byte[]? Decode(byte[] content)
    {
        if (content.Length == Envelope.KeyBytes)
        {
            return content;
        }

        var text = Encoding.UTF8.GetString(content).Trim();
        var key = new byte[HexCharacters];
        if (text.Length == HexCharacters)
        {
            return Convert.FromHexString(text, key, out _, out var read) == System.Buffers.OperationStatus.Done ? key[..read] : null;
        }

        return (Convert.TryFromBase64String(text, key, out var written) || (Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, key, out written)))
            && written == Envelope.KeyBytes
            ? key[..written]
            : null;
    }
}
