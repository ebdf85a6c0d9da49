namespace Qrossing.Formats.Transparency;

/// <summary>Names of keys in signed notes (c2sp.org/signed-note).</summary>
internal static class KeyName
{
    /// <summary>Whether the name is not empty, printable and without space or plus.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return false;
        }

        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value == '+' || rune == System.Text.Rune.ReplacementChar || System.Text.Rune.IsWhiteSpace(rune) || System.Text.Rune.IsControl(rune))
            {
                return false;
            }
        }

        return true;
    }
}
