using System.Numerics;

namespace Gptx.Generation.Processors;

/// <summary>
/// Ids by ascending value, equal values in the order in which torch.sort leaves them on a CPU. That sort is not stable, but it is the same everywhere: the
/// introsort of the GNU C++ library. Halves are split around the median of three until they have 16 items, heap sort takes over where
/// splitting goes on for too long, and an insertion sort ends it. The same comparisons and moves are made here.
/// </summary>
internal static class TorchOrder
{
    private const int Small = 16;

    public static int[] Ascending(ReadOnlySpan<float> values)
    {
        var items = new (float Value, int Id)[values.Length];
        for (int id = 0; id < items.Length; id++)
        {
            items[id] = (values[id], id);
        }

        if (items.Length > 1)
        {
            Split(items, 2 * BitOperations.Log2((uint)items.Length));
            Insert(items);
        }

        return Array.ConvertAll(items, item => item.Id);
    }

    private static void Split(Span<(float Value, int Id)> items, int depth)
    {
        while (items.Length > Small)
        {
            if (depth-- == 0)
            {
                HeapSort(items);
                return;
            }

            MedianToFront(items);
            int middle = Partition(items);
            Split(items[middle..], depth);
            items = items[..middle];
        }
    }

    // The median of second, middle and last item changes places with the first.
    private static void MedianToFront(Span<(float Value, int Id)> items)
    {
        int a = 1, b = items.Length / 2, c = items.Length - 1;
        int median = Less(items[a], items[b])
            ? (Less(items[b], items[c]) ? b : Less(items[a], items[c]) ? c : a)
            : (Less(items[a], items[c]) ? a : Less(items[b], items[c]) ? c : b);
        (items[0], items[median]) = (items[median], items[0]);
    }

    private static int Partition(Span<(float Value, int Id)> items)
    {
        (float Value, int Id) pivot = items[0];
        int low = 1, high = items.Length;
        while (true)
        {
            while (Less(items[low], pivot))
            {
                low++;
            }

            high--;
            while (Less(pivot, items[high]))
            {
                high--;
            }

            if (low >= high)
            {
                return low;
            }

            (items[low], items[high]) = (items[high], items[low]);
            low++;
        }
    }

    // An item smaller than the first goes to the front; beyond the first 16 no such item is left, and the shift stops by itself.
    private static void Insert(Span<(float Value, int Id)> items)
    {
        for (int i = 1; i < items.Length; i++)
        {
            (float Value, int Id) item = items[i];
            int hole = i;
            while (hole > 0 && Less(item, items[hole - 1]))
            {
                items[hole] = items[hole - 1];
                hole--;
            }

            items[hole] = item;
        }
    }

    internal static void HeapSort(Span<(float Value, int Id)> items)
    {
        for (int parent = (items.Length - 2) / 2; parent >= 0; parent--)
        {
            Sink(items, parent, items[parent]);
        }

        for (int last = items.Length - 1; last > 0; last--)
        {
            (float Value, int Id) item = items[last];
            items[last] = items[0];
            Sink(items[..last], 0, item);
        }
    }

    // The hole goes down to a leaf along the larger children, then the item climbs from there.
    private static void Sink(Span<(float Value, int Id)> items, int top, (float Value, int Id) item)
    {
        int hole = top;
        int child = hole;
        while (child < (items.Length - 1) / 2)
        {
            child = 2 * (child + 1);
            child = Less(items[child], items[child - 1]) ? child - 1 : child;
            items[hole] = items[child];
            hole = child;
        }

        if (items.Length % 2 == 0 && child == (items.Length - 2) / 2)
        {
            child = (2 * child) + 1;
            items[hole] = items[child];
            hole = child;
        }

        for (int parent = (hole - 1) / 2; hole > top && Less(items[parent], item); parent = (hole - 1) / 2)
        {
            items[hole] = items[parent];
            hole = parent;
        }

        items[hole] = item;
    }

    private static bool Less((float Value, int Id) a, (float Value, int Id) b) => a.Value < b.Value;
}
