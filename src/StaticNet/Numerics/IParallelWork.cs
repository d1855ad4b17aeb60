namespace StaticNet.Numerics;

/// <summary>Work over a range whose parts may run in any order and at the same time.</summary>
internal interface IParallelWork
{
    /// <summary>Does a part of it.</summary>
    /// <param name="begin">The start of the part.</param>
    /// <param name="end">The end of the part, exclusive.</param>
    void Run(int begin, int end);
}
