using StaticNet.Serialization;

namespace StaticNet.Tests.Serialization;

public sealed class AtomicSaveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_replaced_and_nothing_is_left_beside_it()
    {
        var path = Path.Combine(_folder, "model.safetensors");
        Safetensors.Save(path, Single(1));
        Safetensors.Save(path, Single(2));

        Assert.Equal(2f, Safetensors.Load(path)["x"].Values[0]);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_nothing_beside_it()
    {
        var path = Path.Combine(_folder, "model.safetensors");
        Safetensors.Save(path, Single(1));
        var bad = Single(2);
        bad.Add("__metadata__", [1], [1]);

        Assert.Throws<ArgumentException>(() => Safetensors.Save(path, bad));
        Assert.Equal(1f, Safetensors.Load(path)["x"].Values[0]);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_old_file_stays_until_the_new_one_is_complete()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "old");
        using (var file = new AtomicFile(path))
        {
            file.Stream.Write("new"u8);
            file.Stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Without_a_commit_nothing_has_happened()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "old");
        using (var file = new AtomicFile(path))
            file.Stream.Write("half of the new"u8);

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_target_that_cannot_be_replaced_leaves_nothing_beside_it()
    {
        var path = Path.Combine(_folder, "folder");
        Directory.CreateDirectory(path);

        Assert.ThrowsAny<SystemException>(() => Safetensors.Save(path, Single(1)));
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        Assert.Throws<DirectoryNotFoundException>(() => Safetensors.Save(Path.Combine(_folder, "none", "x"), Single(1)));
        Assert.Throws<FileNotFoundException>(() => Safetensors.Load(Path.Combine(_folder, "none.safetensors")));
    }

    private static StateDict Single(float value)
    {
        var state = new StateDict();
        state.Add("x", [1], [value]);
        return state;
    }
}
