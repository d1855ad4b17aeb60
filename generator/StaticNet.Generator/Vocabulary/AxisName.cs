namespace StaticNet.Generator.Vocabulary;

/// <summary>An axis, in a form that has value equality.</summary>
internal readonly record struct AxisName(Axis Axis);
