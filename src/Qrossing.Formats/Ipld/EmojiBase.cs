using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Qrossing.Formats.Ipld;

/// <summary>One code point a byte (multibase rfcs/Base256Emoji.md).</summary>
internal sealed class EmojiBase : BaseEncoding
{
    private const string Alphabet =
        "🚀🪐☄🛰🌌🌑🌒🌓🌔🌕🌖🌗🌘🌍🌏🌎🐉☀💻🖥💾💿😂❤😍🤣😊🙏💕😭😘👍" +
        "😅👏😁🔥🥰💔💖💙😢🤔😆🙄💪😉☺👌🤗💜😔😎😇🌹🤦🎉💞✌✨🤷😱😌🌸🙌" +
        "😋💗💚😏💛🙂💓🤩😄😀🖤😃💯🙈👇🎶😒🤭❣😜💋👀😪😑💥🙋😞😩😡🤪👊🥳" +
        "😥🤤👉💃😳✋😚😝😴🌟😬🙃🍀🌷😻😓⭐✅🥺🌈😈🤘💦✔😣🏃💐☹🎊💘😠☝" +
        "😕🌺🎂🌻😐🖕💝🙊😹🗣💫💀👑🎵🤞😛🔴😤🌼😫⚽🤙☕🏆🤫👈😮🙆🍻🍃🐶💁" +
        "😲🌿🧡🎁⚡🌞🎈❌✊👋😰🤨😶🤝🚶💰🍓💢🤟🙁🚨💨🤬✈🎀🍺🤓😙💟🌱😖👶" +
        "🥴▶➡❓💎💸⬇😨🌚🦋😷🕺⚠🙅😟😵👎🤲🤠🤧📌🔵💅🧐🐾🍒😗🤑🌊🤯🐷☎" +
        "💧😯💆👆🎤🙇🍑❄🌴💣🐸💌📍🥀🤢👅💡💩👐📸👻🤐🤮🎼🥵🚩🍎🍊👼💍📣🥂";

    private static readonly Rune[] Runes = [.. Alphabet.EnumerateRunes()];

    private static readonly FrozenDictionary<Rune, byte> ByteOf =
        Runes.Select((rune, value) => (rune, value)).ToFrozenDictionary(pair => pair.rune, pair => (byte)pair.value);

    public override string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            text.Append(Runes[value].ToString());
        }

        return text.ToString();
    }

    public override bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var decoded = new List<byte>(text.Length);

        // Half of a surrogate pair is enumerated as U+FFFD, which is not in the alphabet.
        foreach (var rune in text.EnumerateRunes())
        {
            if (!ByteOf.TryGetValue(rune, out var value))
            {
                return false;
            }

            decoded.Add(value);
        }

        bytes = [.. decoded];
        return true;
    }
}
