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

        Assert.ThrowsAny<IOException>(() => Safetensors.Save(path, Single(1)));
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        Assert.Throws<DirectoryNotFoundException>(() => Safetensors.Save(Path.Combine(_folder, "none", "x"), Single(1)));
        Assert.Throws<FileNotFoundException>(() => Safetensors.Load(Path.Combine(_folder, "none.safetensors")));
    }

    [Fact]
    public void A_file_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(_folder, "model.safetensors");
        foreach (var mode in new[] { secret, secret | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite })
        {
            Safetensors.Save(path, Single(1));
            File.SetUnixFileMode(path, mode);
            Safetensors.Save(path, Single(2));

            Assert.Equal(mode, File.GetUnixFileMode(path));
            Assert.Equal(2f, Safetensors.Load(path)["x"].Values[0]);
        }
    }

    [Fact]
    public void A_symbolic_link_stays_and_what_it_points_to_is_replaced()
    {
        var store = Directory.CreateDirectory(Path.Combine(_folder, "store")).FullName;
        var target = Path.Combine(store, "model.safetensors");
        var (link, second) = (Path.Combine(_folder, "current"), Path.Combine(_folder, "latest"));
        Safetensors.Save(target, Single(1));
        File.CreateSymbolicLink(link, Path.Combine("store", "model.safetensors"));
        File.CreateSymbolicLink(second, "current");
        Safetensors.Save(second, Single(2));

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.NotNull(new FileInfo(second).LinkTarget);
        Assert.Equal(2f, Safetensors.Load(target)["x"].Values[0]);
        Assert.Equal([target], Directory.GetFiles(store));

        // A link to what is not there yet makes it.
        File.Delete(target);
        Safetensors.Save(link, Single(3));
        Assert.Equal(3f, Safetensors.Load(target)["x"].Values[0]);
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_an_exception_of_input_and_output()
    {
        Assert.Contains("is a folder", Assert.ThrowsAny<IOException>(() => Safetensors.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => Safetensors.Save(_folder, Single(1)));
        Assert.ThrowsAny<IOException>(() => StaticNet.Data.IdxFile.Load(_folder));
        Assert.ThrowsAny<IOException>(() => StaticNet.Data.NpyFile.Load(_folder));
        Assert.ThrowsAny<IOException>(() => StaticNet.Training.CsvData.Load(_folder));
        Assert.ThrowsAny<IOException>(() => StaticNet.Training.CsvStream.Open(_folder));
        Assert.ThrowsAny<IOException>(() => StaticNet.Training.ImageFile.Load(_folder));
        Assert.ThrowsAny<IOException>(() => StaticNet.Data.MappedSource.OpenIdx(_folder, _folder));
    }

    private static StateDict Single(float value)
    {
        var state = new StateDict();
        state.Add("x", [1], [value]);
        return state;
    }
}
