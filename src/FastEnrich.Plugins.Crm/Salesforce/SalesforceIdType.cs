namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>The type of an external id field; it decides how values are written into queries.</summary>
public enum SalesforceIdType
{
    /// <summary>Text of up to 255 characters.</summary>
    Text,

    /// <summary>A whole number of up to 15 digits.</summary>
    Number,
}
