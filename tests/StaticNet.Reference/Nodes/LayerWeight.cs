namespace StaticNet.Reference.Nodes;

/// <summary>The weight of a product, as a layer learns it.</summary>
internal abstract class LayerWeight
{
    /// <summary>The weight itself.</summary>
    public abstract double[] Read(Pass pass);

    /// <summary>Brings the weight's gradient to the parameters.</summary>
    public abstract void AddGradient(double[] gradient, Pass pass);
}

/// <summary>A weight that is a parameter.</summary>
/// <param name="name">The parameter.</param>
/// <param name="connected">Which elements there are; null means all. The others count as zero.</param>
internal sealed class PlainWeight(string name, bool[]? connected) : LayerWeight
{
    public override double[] Read(Pass pass)
    {
        var weight = (double[])pass.Parameters[name].Clone();
        for (var index = 0; index < weight.Length; index++)
        {
            if (connected is not null && !connected[index])
                weight[index] = 0;
        }

        return weight;
    }

    public override void AddGradient(double[] gradient, Pass pass)
    {
        for (var index = 0; index < gradient.Length; index++)
        {
            if (connected is null || connected[index])
                pass.AddGradient(name, index, gradient[index]);
        }
    }
}

/// <summary>w = g · v / ‖v‖ for each output.</summary>
/// <param name="magnitude">The name of g: one number for each output.</param>
/// <param name="direction">v: a row for each output.</param>
/// <param name="outputs">The number of outputs.</param>
internal sealed class NormalizedWeight(string magnitude, PlainWeight direction, int outputs) : LayerWeight
{
    public override double[] Read(Pass pass)
    {
        var v = direction.Read(pass);
        var length = v.Length / outputs;
        var weight = new double[v.Length];
        for (var output = 0; output < outputs; output++)
        {
            var norm = Norm(v, output, length);
            for (var index = output * length; index < (output + 1) * length; index++)
                weight[index] = pass.Parameters[magnitude][output] * v[index] / norm;
        }

        return weight;
    }

    public override void AddGradient(double[] gradient, Pass pass)
    {
        // dg = dw·v / ‖v‖, and dv = g / ‖v‖ · (dw − v (dw·v) / ‖v‖²).
        var v = direction.Read(pass);
        var length = v.Length / outputs;
        var dv = new double[v.Length];
        for (var output = 0; output < outputs; output++)
        {
            var norm = Norm(v, output, length);
            var product = 0.0;
            for (var index = output * length; index < (output + 1) * length; index++)
                product += gradient[index] * v[index];
            pass.AddGradient(magnitude, output, product / norm);
            for (var index = output * length; index < (output + 1) * length; index++)
                dv[index] = pass.Parameters[magnitude][output] / norm * (gradient[index] - (v[index] * product / (norm * norm)));
        }

        direction.AddGradient(dv, pass);
    }

    private static double Norm(double[] v, int output, int length)
    {
        var squares = 0.0;
        for (var index = output * length; index < (output + 1) * length; index++)
            squares += v[index] * v[index];
        return Math.Sqrt(squares);
    }
}
