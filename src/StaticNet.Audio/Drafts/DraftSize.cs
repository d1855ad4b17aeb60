namespace StaticNet.Audio.Drafts;

/// <summary>A number of channels.</summary>
/// <param name="Used">Those that the network has.</param>
/// <param name="All">Those that the file has weights for.</param>
internal readonly record struct DraftSize(int Used, int All)
{
    public DraftSize(int size)
        : this(size, size)
    {
    }

    public static DraftSize operator *(int factor, DraftSize size) => new(factor * size.Used, factor * size.All);

    public bool IsSmaller => Used < All;
}
