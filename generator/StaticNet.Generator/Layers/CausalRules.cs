using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>What layers with windows over steps check, and how their windows are printed.</summary>
internal static class CausalRules
{
    /// <summary>Whether a window, and what it is over, can be.</summary>
    /// <param name="title">The layer in messages.</param>
    /// <param name="window">The window.</param>
    /// <param name="input">What each step is.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static bool Check(string title, AxisWindow window, TensorType input, IShapeErrors errors)
    {
        if (window.Fault is { } fault)
            errors.Argument(fault.Argument, fault.Expected, fault.Actual);
        else if (window.Span - 1 > Limits.MostSteps)
            errors.Shapes($"{title} reaches back {Invariant.Text(window.Span - 1)} steps, but code is generated for at most {Limits.MostSteps}");
        else if (window.Stride > window.Span)
            errors.Argument("Stride", $"1 to {Invariant.Text(window.Span)}, the steps that the taps span", Invariant.Text(window.Stride));
        else if (input.Rank > 1)
            errors.Shapes($"{title} takes channels, but each step is {input}: put [Flatten] before it");
        else
            return true;
        return false;
    }

    /// <summary>Checks what convolutions have beside their window.</summary>
    public static bool CheckFilters(string attribute, int filters, int groups, ActivationFunction activation, TensorType input, IShapeErrors errors)
    {
        if (filters < 1)
            errors.Argument("filters", "1 or more", Invariant.Text(filters));
        else if (groups < 1)
            errors.Argument("Groups", "1 or more", Invariant.Text(groups));
        else if (input.Rank == 1 && (input.Shape[0] % groups != 0 || filters % groups != 0))
            errors.Shapes($"{attribute} divides channels and filters into {groups} groups, but its input has {input.Shape[0]} channels and it has {filters} filters");
        else if (activation.Kind is Activation.Softmax or Activation.LogSoftmax)
            errors.Argument("Activation", "a function of single elements (put [Activation(Activation.Softmax)] after the layer)", activation.Kind.ToString());
        else
            return activation.Check(errors, "ActivationAlpha");
        return false;
    }

    /// <summary>3, stride 2, dilation 4: what differs from the usual is said.</summary>
    public static string Text(AxisWindow window, int groups = 1, bool hasOwnStride = true) =>
        $"{Invariant.Text(window.Kernel)}{(hasOwnStride && window.Stride > 1 ? $", stride {Invariant.Text(window.Stride)}" : "")}{(window.Dilation > 1 ? $", dilation {Invariant.Text(window.Dilation)}" : "")}{(groups > 1 ? $", {Invariant.Text(groups)} groups" : "")}";
}
