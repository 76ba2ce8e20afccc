using System.Text.Json;

namespace FastEnrich.Plugins.Social.X;

/// <summary>Reads interests from posts: what X recognised in them and the author's hashtags, the more often and the more recently the better.</summary>
internal static class XInterests
{
    private const int MaxInterests = 50;
    private const int MaxTopics = 20;
    private const int MaxDomains = 8;
    private const double SureEnough = 0.5; // of X's own probability
    private const double UnknownAge = 0.5;

    private static readonly TimeSpan s_halfLife = TimeSpan.FromDays(30);

    /// <summary>Returns the interests, the strongest first; each post counts once for a name.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<XPostFacts> posts, DateTimeOffset now)
    {
        var weights = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var post in posts)
        {
            var weight = Weight(post, now);
            foreach (var (name, share) in Mentions(post).DistinctBy(static mention => mention.Name, StringComparer.OrdinalIgnoreCase))
            {
                weights[name] = weights.GetValueOrDefault(name) + (weight * share);
            }
        }

        return [.. weights.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Take(MaxInterests).Select(static pair => pair.Key)];
    }

    /// <summary>Returns the things recognised, by entity: one entity stands under several domains.</summary>
    public static IReadOnlyList<XTopic> Topics(IEnumerable<XPostFacts> posts, DateTimeOffset now)
    {
        var seen = from post in posts
                   from annotation in XJson.Items(post.Post.ContextAnnotations)
                   let entity = XJson.Member(annotation, "entity")
                   let id = XJson.Text(XJson.Member(entity, "id"))
                   let name = XJson.Text(XJson.Member(entity, "name"))
                   where id is not null && name is not null
                   select (Post: post, Id: id, Name: name, Domain: XJson.Member(annotation, "domain"));
        var topics = from one in seen
                     group one by one.Id into entity
                     let used = entity.Select(static one => one.Post).Distinct().ToList()
                     select new XTopic(entity.First().Name, entity.Key, Domains(entity.Select(static one => one.Domain)), used.Count, used.Sum(post => Weight(post, now)));
        return [.. topics.OrderByDescending(static topic => topic.Weight).ThenBy(static topic => topic.EntityId, StringComparer.Ordinal).Take(MaxTopics)];
    }

    private static (string?, string?)[] Domains(IEnumerable<JsonElement> domains) =>
    [
        .. domains.Select(static domain => (Id: XJson.Text(XJson.Member(domain, "id")), Name: XJson.Text(XJson.Member(domain, "name"))))
            .Where(static domain => domain.Id is not null || domain.Name is not null).Distinct().Take(MaxDomains),
    ];

    private static IEnumerable<(string Name, double Share)> Mentions(XPostFacts post)
    {
        foreach (var annotation in XJson.Items(post.Post.ContextAnnotations))
        {
            if (XJson.Text(XJson.Member(XJson.Member(annotation, "entity"), "name")) is { } name)
            {
                yield return (name, 1);
            }
        }

        foreach (var hashtag in XJson.Items(XJson.Member(post.Post.Entities, "hashtags")))
        {
            if (XJson.Text(XJson.Member(hashtag, "tag")) is { } tag)
            {
                yield return (tag, 1);
            }
        }

        foreach (var annotation in XJson.Items(XJson.Member(post.Post.Entities, "annotations")))
        {
            // Places and persons say where and with whom, not what somebody likes.
            if (XJson.Share(XJson.Member(annotation, "probability")) is { } share and >= SureEnough
                && XJson.Text(XJson.Member(annotation, "type")) is not ("Place" or "Person")
                && XJson.Text(XJson.Member(annotation, "normalized_text")) is { } text)
            {
                yield return (text, share);
            }
        }
    }

    /// <summary>1 for a post of now, a half for each 30 days.</summary>
    private static double Weight(XPostFacts post, DateTimeOffset now) =>
        post.CreatedAt is { } time ? Math.Pow(0.5, Math.Max(0, (now - time) / s_halfLife)) : UnknownAge;
}
