using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Sums that are kept as several registers, sum0, sum1, …, so that no addition waits for the one before it.</summary>
internal static class PartialSums
{
    /// <summary>The registers of a sum: an addition takes about as many cycles.</summary>
    private const int Most = 4;

    public static void Declare(CodeWriter writer, VectorSyntax v, int count, params string[] names)
    {
        foreach (var name in names)
            writer.Line(string.Join(" ", Enumerable.Range(0, count).Select(k => $"var {name}{k} = {v.Zero};")));
    }

    /// <summary>The registers for a sum of the given number of steps: a number that divides them where there is one, so that none is left over.</summary>
    public static int CountOf(int steps) => steps <= Most ? steps : steps % 4 == 0 ? 4 : steps % 3 == 0 ? 3 : steps % 2 == 0 ? 2 : Most;

    /// <summary>The sum of the registers, added in pairs.</summary>
    public static string Total(string name, int count) => count switch
    {
        1 => name + "0",
        2 => $"{name}0 + {name}1",
        3 => $"{name}0 + {name}1 + {name}2",
        _ => $"({name}0 + {name}1) + ({name}2 + {name}3)",
    };

    /// <summary>The registers of sums, as they are declared.</summary>
    public static string[] Of(int count, params string[] names) => [.. names.SelectMany(name => Enumerable.Range(0, count).Select(k => name + Literal.Of(k)))];

    /// <summary>Writes a body for each of the given number of steps, as a loop over some at a time, followed by the rest.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="index">The name of the loop's variable.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="unit">What the variable grows by with each step.</param>
    /// <param name="count">The registers of the sum.</param>
    /// <param name="body">Takes the number of the register, the variable or nothing, and what is added to it.</param>
    /// <param name="isLastApart">Whether the last step is not one of the loop.</param>
    /// <param name="sums">The registers, where the steps may be too many for them.</param>
    public static void Loop(CodeWriter writer, string index, int steps, int unit, int count, Action<int, string, int> body, bool isLastApart = false, LongSum? sums = null)
    {
        var whole = isLastApart ? steps - 1 : steps;
        var looped = whole >= 2 * count ? whole / count * count : 0;
        if (looped > 0)
        {
            void Round()
            {
                for (var k = 0; k < count; k++)
                    body(k, index, k * unit);
            }

            if (sums is not null)
                sums.Rounds(index, Types.NUInt, Literal.Of(looped * unit), count * unit, Round);
            else
                writer.Block($"for ({Types.NUInt} {index} = 0; {index} < {looped * unit}; {index}{(count * unit == 1 ? "++" : $" += {count * unit}")})", Round);
        }

        for (var step = looped; step < steps; step++)
            body((step - looped) % count, "", step * unit);
    }
}
