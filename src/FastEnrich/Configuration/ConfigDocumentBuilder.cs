using System.Globalization;

namespace FastEnrich.Configuration;

/// <summary>Flattens the events of a YAML or JSON reader into entries and enforces what both formats have in common.</summary>
internal sealed class ConfigDocumentBuilder(string name)
{
    private const int MaxDepth = 32;
    private const int MaxEntries = 65_536; // with MaxPath this bounds memory: a path repeats for each of its children
    private const int MaxPath = 1024;

    private readonly List<ConfigEntry> _entries = [];
    private readonly List<LocatedError> _errors = [];
    private readonly Stack<Frame> _frames = new();
    private int _skipped; // open mappings and lists below a refused key
    private bool _skipNext;

    /// <summary>Gets whether the file was given up; no further event is wanted.</summary>
    public bool IsBroken { get; private set; }

    public void Scalar(string? value, string keyText, int line, int column)
    {
        if (_skipped > 0 || IsBroken)
        {
            return;
        }

        if (_frames.Count == 0)
        {
            if (value is not null)
            {
                Break("a mapping at the top", line, column);
            }
        }
        else if (_frames.Peek().ExpectsKey)
        {
            Key(keyText, line, column);
        }
        else if (Next(line, column) is { } place)
        {
            Add(place, value, container: false, refused: false);
        }
    }

    /// <summary>Takes a value that the format allows and FastEnrich does not.</summary>
    public void Refused(string expected, int line, int column)
    {
        Error(expected, line, column);
        if (_skipped > 0 || IsBroken || _frames.Count == 0)
        {
            return;
        }

        if (_frames.Peek().ExpectsKey)
        {
            _frames.Peek().ExpectsKey = false;
            _skipNext = true;
        }
        else if (Next(line, column) is { } place)
        {
            Add(place, "", container: false, refused: true);
        }
    }

    public void Start(bool isList, int line, int column)
    {
        if (IsBroken)
        {
            return;
        }

        if (_skipped > 0)
        {
            _skipped++;
            return;
        }

        if (_frames.Count == MaxDepth)
        {
            Break($"at most {MaxDepth} levels", line, column);
        }
        else if (_frames.Count == 0)
        {
            if (isList)
            {
                Break("a mapping at the top", line, column);
            }

            _frames.Push(new Frame(new Place("", line, column), isList));
        }
        else if (_frames.Peek().ExpectsKey)
        {
            Break("a key that is text", line, column);
        }
        else if (Next(line, column) is { } place)
        {
            _frames.Push(new Frame(place, isList));
            Add(place, null, container: true, refused: false);
        }
        else
        {
            _skipped = 1;
        }
    }

    public void End()
    {
        if (_skipped > 0)
        {
            _skipped--;
        }
        else if (!IsBroken && _frames.TryPop(out var frame) && frame.Count == 0 && frame.Place.Path.Length > 0)
        {
            // As JSON configuration has it since .NET 10: an empty list is "", told apart from nothing; an empty mapping is null.
            _entries.RemoveAt(_entries.Count - 1);
            Add(frame.Place, frame.IsList ? "" : null, container: false, refused: false);
        }
    }

    /// <summary>Reports a mistake and goes on.</summary>
    public void Error(string expected, int line, int column) => Error(expected, line, column, _frames.TryPeek(out var frame) ? frame.CurrentPath : "");

    /// <summary>Reports a mistake after which nothing else in the file can be trusted.</summary>
    public void Break(string expected, int line, int column)
    {
        if (!IsBroken)
        {
            Error(expected, line, column);
            IsBroken = true;
        }
    }

    public ConfigDocument Build() => new() { Name = name, Entries = _entries, Errors = _errors, IsBroken = IsBroken };

    private void Error(string expected, int line, int column, string path)
    {
        var error = new ConfigError(path.Length == 0 ? "(file)" : path, null, expected) { Location = Locate(line, column) };
        _errors.Add(new LocatedError(error, 0, line, column));
    }

    private string Locate(int line, int column) =>
        line == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{line}:{column}");

    private void Key(string key, int line, int column)
    {
        var frame = _frames.Peek();
        _skipNext = true;
        if (key == "<<")
        {
            Error("keys that are written out, not merged with '<<'", line, column);
        }
        else if (key.Length == 0 || key.Contains(':', StringComparison.Ordinal) || key.Any(char.IsControl))
        {
            Error("keys of at least one character, without ':' and control characters", line, column);
        }
        else if (frame.Place.Path.Length + key.Length + 1 > MaxPath)
        {
            Error($"keys whose path has at most {MaxPath} characters", line, column);
        }
        else if (!frame.Seen.TryAdd(ConfigKey.Normalize(key), line))
        {
            var first = frame.Seen[ConfigKey.Normalize(key)];
            var expected = string.Create(CultureInfo.InvariantCulture, $"each key once, and it is on line {first} too (case, '-' and '_' make no difference)");
            Error(expected, line, column, Join(frame.Place.Path, key));
        }
        else
        {
            _skipNext = false;
            frame.Key = new Place(Join(frame.Place.Path, key), line, column);
        }

        frame.ExpectsKey = false;
    }

    /// <summary>Returns the place of the value that comes now; <see langword="null"/> when its key was refused.</summary>
    private Place? Next(int line, int column)
    {
        var frame = _frames.Peek();
        if (frame.IsList)
        {
            return new Place(Join(frame.Place.Path, frame.Count++.ToString(CultureInfo.InvariantCulture)), line, column);
        }

        frame.ExpectsKey = true;
        frame.Count++;
        if (_skipNext)
        {
            _skipNext = false;
            return null;
        }

        return frame.Key;
    }

    private void Add(Place place, string? value, bool container, bool refused)
    {
        if (_entries.Count == MaxEntries)
        {
            Break($"at most {MaxEntries} keys and values", place.Line, place.Column);
            return;
        }

        _entries.Add(new ConfigEntry(place.Path, value)
        {
            IsContainer = container,
            IsRefused = refused,
            Line = place.Line,
            Column = place.Column,
            Location = Locate(place.Line, place.Column),
        });
    }

    private static string Join(string parent, string key) => parent.Length == 0 ? key : $"{parent}:{key}";

    private sealed record Place(string Path, int Line, int Column);

    private sealed class Frame(Place place, bool isList)
    {
        public Place Place { get; } = place;

        public bool IsList { get; } = isList;

        public bool ExpectsKey { get; set; } = !isList;

        public int Count { get; set; }

        public Place Key { get; set; } = place;

        public Dictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

        public string CurrentPath => IsList || ExpectsKey ? Place.Path : Key.Path;
    }
}
