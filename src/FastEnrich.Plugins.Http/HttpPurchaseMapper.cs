using System.Text.Json;
using FastEnrich.Plugins.Http.Paths;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Http;

/// <summary>Maps purchases. Immutable.</summary>
internal sealed class HttpPurchaseMapper(HttpPurchaseFields fields, HttpFieldPaths paths)
{
    private const string At = "fields:behavior_patterns:purchase_history:";

    private readonly JsonPath _items = paths.Required(fields.Items, At + "items");
    private readonly JsonPath _amount = paths.Required(fields.Amount, At + "amount");
    private readonly JsonPath _timestamp = paths.Required(fields.Timestamp, At + "timestamp");
    private readonly JsonPath? _productId = paths.Optional(fields.ProductId, At + "product_id");
    private readonly JsonPath? _category = paths.Optional(fields.Category, At + "category");
    private readonly JsonPath? _currency = paths.Optional(fields.Currency, At + "currency");
    private readonly JsonPath? _channel = paths.Optional(fields.Channel, At + "channel");

    /// <summary>Returns the purchases, newest first.</summary>
    public PurchaseEvent[] Map(JsonElement user) =>
    [
        .. _items.Select(user)
            .Select(Purchase)
            .OfType<PurchaseEvent>()
            .OrderByDescending(static purchase => purchase.Timestamp)
            .ThenBy(static purchase => purchase.ProductId, StringComparer.Ordinal),
    ];

    private PurchaseEvent? Purchase(JsonElement item) =>
        JsonValues.Number(_amount.First(item)) is { } amount && JsonValues.Time(_timestamp.First(item)) is { } time
            ? new PurchaseEvent
            {
                ProductId = Text(_productId, item),
                Category = Text(_category, item),
                Amount = amount,
                Currency = Currency.Resolve(Text(_currency, item)),
                Timestamp = time,
                Channel = Text(_channel, item),
            }
            : null;

    private static string? Text(JsonPath? path, JsonElement item) => path is null ? null : JsonValues.Text(path.First(item));
}
