namespace StaticNet.Generator.Kernels;

/// <summary>Where one vector of a recurrent cell's step finds its operands, and where its results go.</summary>
internal interface ICellMemory
{
    /// <summary>The hidden state of the step before.</summary>
    string HiddenBefore { get; }

    /// <summary>The cell state of the step before.</summary>
    string CellBefore { get; }

    /// <summary>The candidate's product with the hidden state, where the reset gate multiplies it.</summary>
    string Product { get; }

    /// <summary>The candidate's sum over the input, where that is apart.</summary>
    string CandidateSum { get; }

    /// <summary>A gate after its function.</summary>
    string Gate(int gate);

    /// <summary>What a gate takes of the cell state.</summary>
    /// <param name="index">Which of the gates that look at it.</param>
    string Peephole(int index);

    /// <summary>Keeps a gate that is known only when the cell is computed, where the gradient reads it.</summary>
    void StoreLate(int gate, string value);

    /// <summary>Stores the cell state.</summary>
    void StoreCell(string value);

    /// <summary>Stores the cell's output: the hidden state, or what that is a product of.</summary>
    void StoreHidden(string value);
}
