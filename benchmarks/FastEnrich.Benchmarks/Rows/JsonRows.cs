using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Json;
using FastEnrich.Plugins.Crm.HubSpot;
using FastEnrich.Plugins.Crm.Pipedrive;
using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Social.Facebook;
using FastEnrich.Plugins.Social.X;

namespace FastEnrich.Benchmarks.Rows;

/// <summary>The upstreams' payloads through generated contexts, beside contexts of System.Text.Json's own generator over the same types.</summary>
internal sealed class JsonRows(Report report, int rounds, TimeSpan roundTime)
{
    private const string Ours = "generated";
    private const string Theirs = "System.Text.Json";
    private const double Target = 0.95;

    public static void Run(Report report, bool quick)
    {
        var rows = new JsonRows(report, quick ? 15 : 61, TimeSpan.FromMilliseconds(quick ? 20 : 40));
        rows.Read();
        rows.Write();
    }

    private void Read()
    {
        Read("HubSpot contact", JsonFixture.Bytes("HubSpot", "contact-full"), HubSpotPluginJsonContext.Default.HubSpotObject, HubSpotReference.Default.HubSpotObject);
        Read("HubSpot deals", JsonFixture.Bytes("HubSpot", "deals"), HubSpotPluginJsonContext.Default.HubSpotObjectBatch, HubSpotReference.Default.HubSpotObjectBatch);
        Read(
            "HubSpot associations",
            JsonFixture.Bytes("HubSpot", "associations"),
            HubSpotPluginJsonContext.Default.HubSpotAssociationBatch,
            HubSpotReference.Default.HubSpotAssociationBatch);
        Read("Pipedrive person", JsonFixture.Bytes("Pipedrive", "person-full"), PipedrivePluginJsonContext.Default.PipedriveAnswer, PipedriveReference.Default.PipedriveAnswer);
        Read(
            "Salesforce opportunities",
            JsonFixture.Bytes("Salesforce", "opportunities"),
            SalesforcePluginJsonContext.Default.SalesforceRecordArray,
            SalesforceReference.Default.SalesforceRecordArray);
        Read("Salesforce batch", SalesforceBatch(), SalesforcePluginJsonContext.Default.SalesforceBatchAnswer, SalesforceReference.Default.SalesforceBatchAnswer);
        Read("X user", JsonFixture.Bytes("X", "user-full"), XPluginJsonContext.Default.XUsersPage, XReference.Default.XUsersPage);
        Read("X posts", JsonFixture.Bytes("X", "posts"), XPluginJsonContext.Default.XPostsPage, XReference.Default.XPostsPage);
        Read("Facebook batch", FacebookBatch(), FacebookPluginJsonContext.Default.ListFacebookBatchItem, FacebookReference.Default.ListFacebookBatchItem);
        Read(
            "Facebook token",
            """{"access_token":"EAAB-synthetic","token_type":"bearer","expires_at":1790000000}"""u8.ToArray(),
            FacebookPluginJsonContext.Default.FacebookTokenAnswer,
            FacebookReference.Default.FacebookTokenAnswer);
    }

    /// <summary>Payloads that have every member: an element that was not sent cannot be written.</summary>
    private void Write()
    {
        Write("HubSpot contact", JsonFixture.Bytes("HubSpot", "contact-full"), HubSpotPluginJsonContext.Default.HubSpotObject, HubSpotReference.Default.HubSpotObject);
        Write("HubSpot deals", JsonFixture.Bytes("HubSpot", "deals"), HubSpotPluginJsonContext.Default.HubSpotObjectBatch, HubSpotReference.Default.HubSpotObjectBatch);
        Write("Pipedrive person", PipedrivePerson(), PipedrivePluginJsonContext.Default.PipedriveAnswer, PipedriveReference.Default.PipedriveAnswer);
        Write("Salesforce batch", SalesforceBatch(), SalesforcePluginJsonContext.Default.SalesforceBatchAnswer, SalesforceReference.Default.SalesforceBatchAnswer);
        Write("X user", JsonFixture.Bytes("X", "user-full"), XPluginJsonContext.Default.XUsersPage, XReference.Default.XUsersPage);
        Write("Facebook batch", FacebookBatch(), FacebookPluginJsonContext.Default.ListFacebookBatchItem, FacebookReference.Default.ListFacebookBatchItem);
    }

    private static byte[] PipedrivePerson() =>
        Encoding.UTF8.GetBytes($$"""{"success":true,"data":{{JsonFixture.Text("Pipedrive", "person-full")}},"additional_data":{"next_cursor":"c"},"errorCode":0,"code":null}""");

    private static byte[] SalesforceBatch() => Encoding.UTF8.GetBytes(
        $$"""{"hasErrors":false,"results":[{"statusCode":200,"result":{{JsonFixture.Text("Salesforce", "opportunities")}}},{"statusCode":200,"result":{{JsonFixture.Text("Salesforce", "cases")}}}]}""");

    private static byte[] FacebookBatch() => Encoding.UTF8.GetBytes(
        $$"""[{"code":200,"headers":[{"name":"Content-Type","value":"application/json"}],"body":{{JsonFixture.Quoted("Facebook", "user-full")}}},{"code":404,"headers":[],"body":"{}"}]""");

    private void Read<T>(string what, byte[] json, JsonTypeInfo<T> ours, JsonTypeInfo<T> theirs) =>
        Compare($"json read, {what}", new ReadJson<T>(json, ours), new ReadJson<T>(json, theirs));

    private void Write<T>(string what, byte[] json, JsonTypeInfo<T> ours, JsonTypeInfo<T> theirs)
    {
        var value = JsonSerializer.Deserialize(json, theirs)!;
        if (!JsonSerializer.SerializeToUtf8Bytes(value, ours).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(value, theirs)))
        {
            throw new InvalidOperationException($"{what} is not written the same: the run would measure different work");
        }

        Compare($"json write, {what}", new WriteJson<T>(value, ours), new WriteJson<T>(value, theirs));
    }

    private void Compare<T>(string row, T ours, T theirs)
        where T : struct, IOperation
    {
        var contest = new Contest();
        contest.Add(Ours, ours, [row]);
        contest.Add(Theirs, theirs, [row]);
        contest.Run(rounds, roundTime);
        var values = string.Create(
            CultureInfo.InvariantCulture,
            $"{contest.Nanoseconds(Ours):0} ns, {contest.Bytes(Ours):0} B; {contest.Nanoseconds(Theirs):0} ns, {contest.Bytes(Theirs):0} B");
        report.Add(Row.Faster($"{row}: times as fast as System.Text.Json", contest.Ratio(Theirs, Ours), Target, values));
        report.Add(new Row($"{row}: allocated beyond System.Text.Json", Math.Round(contest.Bytes(Ours) - contest.Bytes(Theirs)), 0, AtLeast: false, " B", "the worst rounds"));
    }
}
