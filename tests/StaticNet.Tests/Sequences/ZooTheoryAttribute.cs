namespace StaticNet.Tests.Sequences;

/// <summary>A test of several cases that needs the folder of models of others.</summary>
public sealed class ZooTheoryAttribute : TheoryAttribute
{
    public ZooTheoryAttribute()
    {
        if (Zoo.Folder is null)
            Skip = "There is no folder shared/zoo beside the project.";
    }
}
