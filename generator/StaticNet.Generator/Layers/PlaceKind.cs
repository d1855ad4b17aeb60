namespace StaticNet.Generator.Layers;

internal enum PlaceKind
{
    Network,
    Input,
    Training,
    Layer,
    Loss,
}
