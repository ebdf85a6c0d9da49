namespace Qrossing.Formats.Ipld;

/// <summary>The bases of the multibase table, with their prefix.</summary>
public enum MultibaseEncoding
{
    /// <summary>NUL: the bytes as UTF-8 text.</summary>
    Identity,

    /// <summary>"0".</summary>
    Base2,

    /// <summary>"7".</summary>
    Base8,

    /// <summary>"9".</summary>
    Base10,

    /// <summary>"f".</summary>
    Base16,

    /// <summary>"F".</summary>
    Base16Upper,

    /// <summary>"v".</summary>
    Base32Hex,

    /// <summary>"V".</summary>
    Base32HexUpper,

    /// <summary>"t".</summary>
    Base32HexPad,

    /// <summary>"T".</summary>
    Base32HexPadUpper,

    /// <summary>"b": the form of CIDv1.</summary>
    Base32,

    /// <summary>"B".</summary>
    Base32Upper,

    /// <summary>"c".</summary>
    Base32Pad,

    /// <summary>"C".</summary>
    Base32PadUpper,

    /// <summary>"h".</summary>
    Base32Z,

    /// <summary>"k".</summary>
    Base36,

    /// <summary>"K".</summary>
    Base36Upper,

    /// <summary>"z".</summary>
    Base58Btc,

    /// <summary>"Z".</summary>
    Base58Flickr,

    /// <summary>"m".</summary>
    Base64,

    /// <summary>"M".</summary>
    Base64Pad,

    /// <summary>"u".</summary>
    Base64Url,

    /// <summary>"U".</summary>
    Base64UrlPad,

    /// <summary>U+1F680.</summary>
    Base256Emoji,
}
