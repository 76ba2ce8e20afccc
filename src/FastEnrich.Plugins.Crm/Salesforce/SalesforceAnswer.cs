namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>What a read of one contact brought.</summary>
/// <param name="Contact">The contact; <see langword="null"/> when there is none, or when it did not change.</param>
/// <param name="LastModified">When it changed last, where the answer says it.</param>
/// <param name="NotModified">Whether it did not change since the time that was asked about.</param>
internal readonly record struct SalesforceAnswer(SalesforceRecord? Contact, DateTimeOffset? LastModified = null, bool NotModified = false);
