namespace StaticNet.Generator.Kernels;

/// <summary>
/// Sums of which a tile keeps so many in registers that no register is left for a total (see <see cref="LongSum"/>): after a block of
/// terms they are added to what is in memory. With about as many blocks as a block has terms, a sum of n terms loses about √n units
/// in the last place at most.
/// </summary>
internal static class StoredBlocks
{
    /// <summary>The terms of a block; 0 where all of them are one block.</summary>
    /// <param name="terms">The most terms of a register.</param>
    /// <param name="least">The terms that make the load and store of a tile cheap.</param>
    public static int LengthOf(long terms, int least = 128)
    {
        if (terms <= 2L * least)
            return 0;
        var length = least;
        while ((long)length * length < terms)
            length *= 2;
        return length;
    }

    /// <summary>How samples are divided that have several terms each.</summary>
    /// <param name="samples">The most samples.</param>
    /// <param name="rows">The rows of a sample.</param>
    /// <param name="termsOfRow">The terms of a row.</param>
    /// <param name="least">The terms that make the load and store of a tile cheap.</param>
    /// <returns>The samples of a block, and the rows of one where a sample is several blocks; 0: all.</returns>
    public static (int Samples, int Rows) Of(int samples, int rows, int termsOfRow, int least = 128)
    {
        var terms = (long)rows * termsOfRow;
        var length = LengthOf(samples * terms, least);
        if (length == 0)
            return (0, 0);
        return terms > 2L * length && rows > 1 ? (1, (int)Math.Max(1L, Math.Min(rows, length / termsOfRow))) : ((int)Math.Max(1, length / terms), 0);
    }
}
