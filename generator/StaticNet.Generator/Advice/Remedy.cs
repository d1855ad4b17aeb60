using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Advice;

/// <summary>Edits of attributes that remove the cause of a finding.</summary>
/// <param name="Title">What they do, as a menu shows it.</param>
/// <param name="Edits">The edits.</param>
internal sealed record Remedy(string Title, IReadOnlyList<Edit> Edits);

/// <summary>An edit of one attribute.</summary>
/// <param name="Place">The attribute.</param>
/// <param name="Kind">What happens to it.</param>
/// <param name="Name">The name of an argument, or the attribute's new name.</param>
/// <param name="Value">The argument's new value as C#.</param>
internal sealed record Edit(Place Place, EditKind Kind, string Name = "", string Value = "")
{
    public static Edit Set(Place place, string argument, string value) => new(place, EditKind.Set, argument, value);

    public static Edit SetFirst(Place place, string value) => new(place, EditKind.SetFirst, Value: value);

    public static Edit Unset(Place place, string argument) => new(place, EditKind.Unset, argument);

    public static Edit Remove(Place place) => new(place, EditKind.Remove);

    public static Edit Rename(Place place, string name) => new(place, EditKind.Rename, name);

    /// <summary>The edits that exchange two attributes.</summary>
    public static Edit[] Swap(Place first, Place second) => [new Edit(first, EditKind.Swap), new Edit(second, EditKind.Swap)];
}
