namespace StaticNet.Generator.Kernels;

/// <summary>Where the gradient of one vector of a recurrent cell's step finds its operands, and where its results go.</summary>
internal interface ICellGradientMemory
{
    /// <summary>The gradient of the cell's output: from the step's output and from the step after it.</summary>
    string HiddenGradient { get; }

    /// <summary>The gradient of the cell state from the step after it.</summary>
    string CellGradient { get; }

    /// <summary>The hidden state of the step.</summary>
    string Hidden { get; }

    /// <summary>The hidden state of the step before.</summary>
    string HiddenBefore { get; }

    /// <summary>The cell state of the step.</summary>
    string CellState { get; }

    /// <summary>The cell state of the step before.</summary>
    string CellBefore { get; }

    /// <summary>The candidate's product with the hidden state.</summary>
    string Product { get; }

    /// <summary>What a gate takes of the cell state.</summary>
    /// <param name="index">Which of the gates that look at it.</param>
    string Peephole(int index);

    /// <summary>Stores the gradient of what a gate takes of the cell state, where that trains.</summary>
    /// <param name="index">Which of the gates that look at it.</param>
    /// <param name="value">The gradient.</param>
    void StorePeephole(int index, string value);

    /// <summary>A gate as it was.</summary>
    string Gate(int gate);

    /// <summary>Stores the gradient of a gate's sum.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="value">The gradient.</param>
    /// <param name="isOfProduct">Whether it is that of the gate's product with the hidden state too.</param>
    void StoreSum(int gate, string value, bool isOfProduct);

    /// <summary>Stores the gradient of a gate's product with the hidden state, where that has one of its own.</summary>
    void StoreProduct(int gate, string value);

    /// <summary>Stores the gradient of the cell state of the step before.</summary>
    void StoreCellGradient(string value);

    /// <summary>Stores what the hidden state of the step before gets directly.</summary>
    void StoreCarried(string value);
}
