namespace StaticNet.Tests;

internal static class Allocations
{
    /// <summary>
    /// The bytes that this thread allocates in an action: the least of three runs, because the runtime itself may allocate when
    /// it replaces a running loop by its optimised form.
    /// </summary>
    public static long Of(Action action) => Enumerable.Range(0, 3).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
