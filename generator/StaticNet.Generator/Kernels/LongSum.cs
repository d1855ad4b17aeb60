using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// Registers that sum over many terms. Each addition rounds in proportion to what a register holds, so that a chain of n loses up to
/// n / 2 units in the last place. So a register holds a block of terms at most; it is then added to a total, which keeps what rounding
/// takes from it (Kahan's summation), and starts again. Short sums are left as they are.
/// </summary>
/// <param name="writer">Where to write.</param>
/// <param name="v">The vectors.</param>
/// <param name="terms">The most terms of a register.</param>
/// <param name="names">The registers, declared by the caller.</param>
internal sealed class LongSum(CodeWriter writer, VectorSyntax v, long terms, params IReadOnlyList<string> names)
{
    /// <summary>The terms of a block: they lose about as much as a single rounding, and make the four operations of its end cheap.</summary>
    public const int Block = 64;

    /// <summary>Whether there are totals at all.</summary>
    public bool IsLong { get; } = terms > 2 * Block;

    /// <summary>Writes the totals, with what rounding has taken from them.</summary>
    public LongSum Declare()
    {
        foreach (var name in IsLong ? names : [])
            writer.Line($"var {name}Total = {v.Zero};").Line($"var {name}Lost = {v.Zero};");
        return this;
    }

    /// <summary>Writes the end of a block.</summary>
    public void Fold()
    {
        foreach (var name in IsLong ? names : [])
        {
            writer.Line($"{name} -= {name}Lost;");
            writer.Line($"var {name}Next = {name}Total + {name};");
            writer.Line($"{name}Lost = ({name}Next - {name}Total) - {name};");
            // From what is infinite rounding takes nothing: ∞ − ∞ would make a sum of it that is none.
            writer.Line($"{name}Lost &= {v.Type}.Equals({name}Lost - {name}Lost, {v.Zero});");
            writer.Line($"{name}Total = {name}Next;");
            writer.Line($"{name} = {v.Zero};");
        }
    }

    /// <summary>Writes the end of a block at the end of a loop's body, once enough rounds fill one.</summary>
    /// <param name="index">The loop's variable, which counts from 0.</param>
    /// <param name="termsOfRound">The terms of one round.</param>
    /// <param name="rounds">The most rounds.</param>
    public void FoldEvery(string index, long termsOfRound, long rounds)
    {
        if (!IsLong)
            return;
        var every = 1;
        while (every * 2 * termsOfRound <= Block && every * 2 <= rounds)
            every *= 2;
        if (every == 1)
            writer.Block("", Fold);
        else
            writer.Block($"if (({index} & {every - 1}) == {every - 1})", Fold);
    }

    /// <summary>Writes what leaves the whole sum in each register.</summary>
    public void Finish()
    {
        foreach (var name in IsLong ? names : [])
            writer.Line($"{name} = {name}Total + ({name} - {name}Lost);");
    }

    /// <summary>Writes a loop of one term a round, block by block, with the totals around it.</summary>
    /// <param name="index">The loop's variable, from 0 on.</param>
    /// <param name="count">The expression of the number of rounds.</param>
    /// <param name="body">Writes a round.</param>
    public void Loop(string index, string count, Action body)
    {
        Declare();
        Rounds(index, "var", count, 1, body);
        Finish();
    }

    /// <summary>Writes a loop of one term a round, block by block.</summary>
    /// <param name="index">The loop's variable, from 0 on.</param>
    /// <param name="type">Its type, or var.</param>
    /// <param name="count">The end of the variable.</param>
    /// <param name="step">What it grows by.</param>
    /// <param name="body">Writes a round.</param>
    public void Rounds(string index, string type, string count, int step, Action body)
    {
        var next = step == 1 ? index + "++" : $"{index} += {step}";
        if (!IsLong)
        {
            writer.Block($"for ({type} {index} = 0; {index} < {count}; {next})", body);
            return;
        }

        writer.Block($"for ({type} block = 0; block < {count}; block += {Block * step})", () =>
        {
            writer.Line($"var stop = {(type == Types.NUInt ? $"{Types.NUInt}.Min(block + {Block * step}, {count})" : $"{Types.Math}.Min(block + {Block * step}, {count})")};");
            writer.Block($"for (var {index} = block; {index} < stop; {next})", body);
            Fold();
        });
    }
}
