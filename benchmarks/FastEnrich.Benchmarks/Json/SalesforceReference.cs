using System.Text.Json.Serialization;
using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Crm.Salesforce.Payloads;

namespace FastEnrich.Benchmarks.Json;

/// <summary>Salesforce's payloads by System.Text.Json's generator.</summary>
[JsonSerializable(typeof(SalesforceRecord[]))]
[JsonSerializable(typeof(SalesforceBatchAnswer))]
[JsonSerializable(typeof(SalesforceRecord))]
internal sealed partial class SalesforceReference : JsonSerializerContext;
