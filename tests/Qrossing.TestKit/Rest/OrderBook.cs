using System.Globalization;

namespace Qrossing.TestKit.Rest;

/// <summary>The peer's state: orders, and the answers it remembers under idempotency keys.</summary>
internal sealed class OrderBook
{
    private readonly Lock _gate = new();
    private readonly List<RestOrder> _orders = [];
    private readonly Dictionary<string, (string Body, RestOrder Order)> _answered = [];

    public IReadOnlyList<RestOrder> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _orders];
            }
        }
    }

    public RestOrder? Find(string id) => All.FirstOrDefault(order => order.Id == id);

    /// <summary>
    /// Applies an order once per key: the same key with the same body returns the first order again, with another body nothing.
    /// Without a key each call is a new order.
    /// </summary>
    public (RestOrder? Order, bool IsNew) Apply(string? idempotencyKey, string body, NewOrder request)
    {
        lock (_gate)
        {
            if (idempotencyKey is not null && _answered.TryGetValue(idempotencyKey, out var first))
            {
                return first.Body == body ? (first.Order, false) : (null, false);
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"ord_{_orders.Count + 1}");
            var order = new RestOrder(id, request.Reference, request.Item, request.Quantity, "accepted");
            _orders.Add(order);
            if (idempotencyKey is not null)
            {
                _answered[idempotencyKey] = (body, order);
            }

            return (order, true);
        }
    }
}
