namespace StaticNet.Tests.Sequences;

/// <summary>A test that needs the folder of models of others.</summary>
public sealed class ZooFactAttribute : FactAttribute
{
    public ZooFactAttribute()
    {
        if (Zoo.Folder is null)
            Skip = "There is no folder shared/zoo beside the project.";
    }
}
