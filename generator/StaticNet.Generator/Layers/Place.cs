namespace StaticNet.Generator.Layers;

/// <summary>Which attribute a fault is on.</summary>
internal readonly record struct Place(PlaceKind Kind, int Index = 0)
{
    public static Place Network => new(PlaceKind.Network);

    public static Place Input(int index) => new(PlaceKind.Input, index);

    public static Place Output(int index) => new(PlaceKind.Output, index);

    public static Place Training => new(PlaceKind.Training);

    public static Place Layer(int index) => new(PlaceKind.Layer, index);

    public static Place Loss(int index) => new(PlaceKind.Loss, index);
}
