using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qrossing.Formats.Signatures;

/// <summary>The functions of libsecp256k1 that are used (<c>secp256k1.h</c>, <c>secp256k1_recovery.h</c>), unchanged between the two versions looked for.</summary>
internal static partial class Secp256k1Native
{
    public const uint ContextNone = 1;
    public const uint Compressed = 258;
    public const uint Uncompressed = 2;

    private const string Library = "secp256k1";

    // Distributions ship versioned names only; the bare .so belongs to their development packages.
    private static readonly string[] FileNames = ["libsecp256k1.so.2", "libsecp256k1.so.1"];

    private static readonly string[] Exports =
    [
        "secp256k1_context_create", "secp256k1_context_randomize",
        "secp256k1_ec_pubkey_create", "secp256k1_ec_pubkey_parse", "secp256k1_ec_pubkey_serialize",
        "secp256k1_ecdsa_signature_parse_compact", "secp256k1_ecdsa_signature_normalize", "secp256k1_ecdsa_verify",
        "secp256k1_ecdsa_sign_recoverable", "secp256k1_ecdsa_recover",
        "secp256k1_ecdsa_recoverable_signature_parse_compact", "secp256k1_ecdsa_recoverable_signature_serialize_compact",
    ];

    private static readonly nint Handle = Open();

    /// <summary>Whether a library with every function, the optional recovery module included, was found.</summary>
    public static bool IsAvailable => Handle != 0;

    [LibraryImport(Library, EntryPoint = "secp256k1_context_create")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial nint CreateContext(uint flags);

    [LibraryImport(Library, EntryPoint = "secp256k1_context_randomize")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int Randomize(nint context, ReadOnlySpan<byte> seed32);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_create")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int CreatePublicKey(nint context, Span<byte> publicKey, ReadOnlySpan<byte> privateKey32);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_parse")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int ParsePublicKey(nint context, Span<byte> publicKey, ReadOnlySpan<byte> input, nuint inputLength);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_serialize")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int SerializePublicKey(nint context, Span<byte> output, ref nuint outputLength, ReadOnlySpan<byte> publicKey, uint flags);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_parse_compact")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int ParseCompact(nint context, Span<byte> signature, ReadOnlySpan<byte> rs64);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_normalize")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int Normalize(nint context, Span<byte> output, ReadOnlySpan<byte> input);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_verify")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int Verify(nint context, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> publicKey);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_sign_recoverable")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int SignRecoverable(nint context, Span<byte> signature, ReadOnlySpan<byte> digest32, ReadOnlySpan<byte> privateKey32, nint nonceFunction, nint nonceData);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_serialize_compact")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int SerializeRecoverable(nint context, Span<byte> rs64, out int recoveryId, ReadOnlySpan<byte> signature);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_parse_compact")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int ParseRecoverable(nint context, Span<byte> signature, ReadOnlySpan<byte> rs64, int recoveryId);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recover")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial int Recover(nint context, Span<byte> publicKey, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> digest32);

    private static nint Open()
    {
        foreach (var fileName in FileNames)
        {
            if (NativeLibrary.TryLoad(fileName, out var handle))
            {
                if (Exports.All(name => NativeLibrary.TryGetExport(handle, name, out _)))
                {
                    NativeLibrary.SetDllImportResolver(
                        typeof(Secp256k1Native).Assembly,
                        (name, _, _) => name == Library ? handle : 0);
                    return handle;
                }

                NativeLibrary.Free(handle);
            }
        }

        return 0;
    }
}
