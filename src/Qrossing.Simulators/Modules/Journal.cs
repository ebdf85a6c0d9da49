using System.Text.Json;

namespace Qrossing.Simulators.Modules;

/// <summary>
/// Append-only file of one module's changes, one JSON line each. A change is on disk before it is visible, so an answer never speaks of
/// something a killed process would forget. Not thread-safe: the module's turn guards it.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _file;
    private readonly SortedDictionary<string, SortedDictionary<string, long>> _applied = new(StringComparer.Ordinal);
    private Action<JournalEntry>? _apply;

    private Journal(FileStream file) => _file = file;

    /// <summary>How many times each operation was applied, per key, since the state folder was made.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, long>> Applied => _applied;

    /// <summary>Opens the file for this process alone and hands it to the module that replays and owns it.</summary>
    public static T OpenFor<T>(string path, Func<Journal, T> create)
    {
        Journal journal;
        try
        {
            journal = new Journal(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorConfigurationException($"The journal {path} cannot be opened; is another simulator using this state directory? {exception.Message}", exception);
        }

        try
        {
            return create(journal);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Hands every recorded change to <paramref name="apply"/>, then routes new ones there. A torn last line (the process died while writing it, so it was never answered) is cut off.</summary>
    public void Replay(Action<JournalEntry> apply)
    {
        _apply = apply;
        var content = new byte[_file.Length];
        _file.Position = 0;
        _file.ReadExactly(content);

        var good = 0;
        for (var number = 1; good < content.Length; number++)
        {
            var length = content.AsSpan(good).IndexOf((byte)'\n');
            if (length < 0 || !TryApply(content.AsSpan(good, length), isLast: good + length + 1 == content.Length, number))
            {
                break;
            }

            good += length + 1;
        }

        _file.SetLength(good);
        _file.Position = good;
    }

    /// <summary>Writes, syncs, then applies. When the disk refuses, nothing was applied and the file is as before.</summary>
    public void Commit(JournalEntry entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, ModulesJson.Default.JournalEntry);
        var before = _file.Position;
        try
        {
            _file.Write([.. line, (byte)'\n']);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _file.SetLength(before);
            _file.Position = before;
            throw;
        }

        Apply(entry);
    }

    public void Dispose() => _file.Dispose();

    private bool TryApply(ReadOnlySpan<byte> line, bool isLast, int number)
    {
        try
        {
            Apply(JsonSerializer.Deserialize(line, ModulesJson.Default.JournalEntry) ?? throw new JsonException("The line is null."));
            return true;
        }
        catch (JsonException) when (isLast)
        {
            return false;
        }
        catch (JsonException exception)
        {
            throw new SimulatorConfigurationException($"Line {number} of {_file.Name} is damaged, and it is not the last: {exception.Message}", exception);
        }
    }

    private void Apply(JournalEntry entry)
    {
        _apply!(entry);
        if (!_applied.TryGetValue(entry.Op, out var keys))
        {
            _applied[entry.Op] = keys = new SortedDictionary<string, long>(StringComparer.Ordinal);
        }

        keys[entry.Key] = keys.GetValueOrDefault(entry.Key) + 1;
    }
}
