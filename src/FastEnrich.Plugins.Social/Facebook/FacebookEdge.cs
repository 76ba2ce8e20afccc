namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>The members of an edge that are read page by page, up to a number. Belongs to one user of one call.</summary>
internal sealed class FacebookEdge
{
    private readonly string _name;
    private readonly string _fields;
    private readonly int _wanted;
    private readonly List<FacebookNode> _members = [];
    private IReadOnlyList<(string Name, string Value)>? _cursor;
    private int _pagesLeft;

    public FacebookEdge(string name, string fields, int wanted, FacebookNode user)
    {
        (_name, _fields, _wanted) = (name, fields, wanted);
        var pages = ((wanted - 1) / FacebookFields.PageOf(wanted)) + 1;
        _pagesLeft = pages == 1 ? 0 : pages; // one to spare, since a page may be empty and yet have a next one; but what fits one page is one call
        Add(user.Node(name), user.Nodes(name));
    }

    public IReadOnlyList<FacebookNode> Members => _members;

    /// <summary>Returns the call for the next page; <see langword="null"/> when there is none, or enough is read.</summary>
    public FacebookCall? Next(string userId, AccessToken token) => _cursor is null ? null
        : new FacebookCall($"{userId}/{_name}", [("fields", _fields), ("limit", Text(FacebookFields.PageOf(_wanted - _members.Count))), .. _cursor], token);

    public void Add(FacebookNode page) => Add(page, page.Nodes("data"));

    private void Add(FacebookNode page, IEnumerable<FacebookNode> members)
    {
        _members.AddRange(members.Take(_wanted - _members.Count));
        _cursor = _members.Count < _wanted && _pagesLeft-- > 0 ? FacebookCursor.Read(page) : null;
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
