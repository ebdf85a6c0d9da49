using System.Globalization;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;

namespace Qrossing.Gateway.Rest;

/// <summary>Reads <c>?limit=&amp;after=</c> and answers pages.</summary>
internal static class Lists
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>The page size asked for; 422 outside 1 to 200.</summary>
    public static Result<int> Limit(GatewayCall call)
    {
        if (call.Query("limit") is not { } text)
        {
            return DefaultLimit;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : GatewayCall.InvalidQuery("limit", "range", $"Must be 1 to {MaxLimit}.");
    }

    /// <summary>One page as an answer. A position that the store cannot read is 422.</summary>
    public static async Task<Answer> PageAsync<TItem, TView>(GatewayCall call, Func<PageRequest, ValueTask<Page<TItem>>> read, Func<TItem, TView> view)
    {
        var limit = Limit(call);
        if (!limit.IsSuccess)
        {
            return limit.Refusal;
        }

        try
        {
            var page = await read(new PageRequest(limit.Value, call.Query("after")));
            return Answer.Ok(new ListView<TView> { Data = [.. page.Items.Select(view)], Next = page.Next });
        }
        catch (FormatException)
        {
            return GatewayCall.InvalidQuery("after", "format", "Is not the 'next' of a page of this list.");
        }
    }
}
