namespace StaticNet.Generator.Planning;

/// <summary>Offsets for slots, such that those which live at the same time do not overlap.</summary>
internal static class Placement
{
    /// <summary>The tries to come below a placement that exceeds the bound; each takes a quadratic time in the number of slots.</summary>
    private const int Repairs = 64;

    /// <summary>The end of the last slot.</summary>
    public static int Length(IReadOnlyDictionary<Slot, int> offsets) => offsets.Select(pair => checked(pair.Key.Length + pair.Value)).DefaultIfEmpty().Max();

    /// <summary>
    /// The smallest placement found. Slots are put, one after the other, at the lowest place that is free; which order is best
    /// differs from network to network, so several are tried, and then the slot at the end of the best one is put earlier.
    /// </summary>
    /// <param name="slots">The slots.</param>
    /// <param name="bound">The length that none can go below: a placement that reaches it is taken at once.</param>
    public static IReadOnlyDictionary<Slot, int> Smallest(IReadOnlyList<Slot> slots, int bound)
    {
        Dictionary<Slot, int>? best = null;
        var bestOrder = new List<Slot>();
        bool IsBest(IEnumerable<Slot> order)
        {
            var sequence = order.ToList();
            var offsets = InOrder(sequence);
            if (best is null || Length(offsets) < Length(best))
                (best, bestOrder) = (offsets, sequence);
            return Length(best) == bound;
        }

        if (IsBest(slots.OrderByDescending(slot => slot.Length))
            || IsBest(slots)
            || IsBest(slots.OrderByDescending(slot => (long)slot.Length * ((long)slot.Last - slot.First + 1)))
            || IsBest(slots.OrderByDescending(slot => (long)slot.Last - slot.First))
            || IsBest(slots.OrderByDescending(slot => slots.Where(other => other.LivesWith(slot)).Sum(other => (long)other.Length))))
            return best!;

        var tried = bestOrder;
        for (var repair = 0; repair < Repairs; repair++)
        {
            var offsets = InOrder(tried);
            var end = Length(offsets);
            var last = tried.First(slot => offsets[slot] + slot.Length == end);
            tried = [last, .. tried.Where(slot => slot != last)];
            if (IsBest(tried))
                break;
        }

        return best!;
    }

    /// <summary>A placement in which a place is only taken over by a slot of the same length.</summary>
    public static IReadOnlyDictionary<Slot, int> OfEqualLengths(IReadOnlyList<Slot> slots)
    {
        var offsets = new Dictionary<Slot, int>();
        foreach (var slot in slots)
        {
            var equals = offsets.Where(other => other.Key.SampleLength == slot.SampleLength && other.Key.IsShared == slot.IsShared).ToLookup(other => other.Value, other => other.Key);
            var free = equals.Where(place => !place.Any(slot.LivesWith)).Select(place => (int?)place.Key).Min();
            offsets[slot] = free ?? Length(offsets);
        }

        return offsets;
    }

    private static Dictionary<Slot, int> InOrder(IEnumerable<Slot> order)
    {
        var offsets = new Dictionary<Slot, int>();
        foreach (var slot in order)
        {
            var offset = 0;
            foreach (var (start, end) in offsets.Where(other => other.Key.LivesWith(slot)).Select(other => (other.Value, other.Value + other.Key.Length)).OrderBy(place => place.Value))
            {
                if (offset + slot.Length <= start)
                    break;
                offset = Math.Max(offset, end);
            }

            offsets[slot] = offset;
        }

        return offsets;
    }
}
