namespace StaticNet.Numerics;

/// <summary>Shares work out: among threads, or in tests as they please.</summary>
internal interface IWorkSharing
{
    /// <summary>Runs the whole of some work, each piece once, and returns when all of it is done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="length">The end of its range, which starts at 0.</param>
    void Run(IParallelWork work, int length);
}
