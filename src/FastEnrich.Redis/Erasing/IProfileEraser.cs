namespace FastEnrich.Redis.Erasing;

/// <summary>Erases users in Redis: once for a forget, and again until it is confirmed.</summary>
internal interface IProfileEraser
{
    /// <summary>Deletes a user's records and changes the erase token; <see langword="true"/> once Redis has confirmed it. Throws only for the caller's token.</summary>
    ValueTask<bool> EraseAsync(string userId, CancellationToken cancellationToken);
}
