namespace StaticNet.Generator.Layers;

internal enum PlaceKind
{
    Network,
    Input,
    Output,
    Training,
    Layer,
    Loss,
}
