def read(path):
    """Reads tensors of 32-bit floats from a file in the safetensors format."""
    with open(path, "rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise ValueError(f"Expected {name} in {path} as F32, but got {entry['dtype']}.")
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=begin) if end > begin else torch.empty(0)
        tensors[name] = values.reshape(entry["shape"]).clone()
    return tensors


def write(path, tensors):
    """Writes tensors as 32-bit floats into a file in the safetensors format."""
    header, offset = {}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + 4 * tensor.numel()]}
        offset += 4 * tensor.numel()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for tensor in tensors.values():
            file.write(tensor.detach().cpu().float().contiguous().numpy().tobytes())


def names(model):
    """The names of tensors in files of weights, by their names in the module."""
    return {key: NAMES.get(key, key) for key in model.state_dict() if NAMES.get(key, key)}


def load(model, path):
    """Loads weights that StaticNet or this file has saved."""
    tensors, state, expected = read(path), model.state_dict(), names(model)
    missing = [name for name in expected.values() if name not in tensors]
    unknown = [name for name in tensors if name not in expected.values()]
    if missing or unknown:
        raise ValueError(f"Expected the tensors of {type(model).__name__} in {path}, but it lacks {missing} and has also {unknown}.")
    for key, name in expected.items():
        if tensors[name].numel() != state[key].numel():
            raise ValueError(f"Expected {name} in {path} as {list(state[key].shape)}, but it is {list(tensors[name].shape)}.")
        state[key] = tensors[name].view(state[key].shape).to(state[key].dtype)
    model.load_state_dict(state)


def save(model, path):
    """Saves weights as LoadSafetensors expects them."""
    state = model.state_dict()
    write(path, {name: state[key].view(1) if state[key].dim() == 0 else state[key] for key, name in names(model).items()})


# Training


def train(model, inputs, targets, settings, rank, processes):
    """Trains on the batches of all processes together: each of them takes its share of every batch."""
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if torch.cuda.is_available() else torch.device("cpu")
    model.to(device).train()
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    parallel = nn.parallel.DistributedDataParallel(model, find_unused_parameters=UNUSED) if processes > 1 else model
    if settings.optimizer == "adam":
        optimizer = torch.optim.Adam(parameters, lr=settings.lr)
    else:
        optimizer = torch.optim.SGD(parameters, lr=settings.lr, momentum=settings.momentum)
    order = torch.Generator().manual_seed(settings.seed)
    for epoch in range(settings.epochs):
        samples = torch.arange(len(inputs)) if settings.in_order else torch.randperm(len(inputs), generator=order)
        total = torch.zeros((), device=device)
        for batch in samples.split(settings.batch):
            # Every process takes part in every step: one that is left without samples repeats one, which counts nothing.
            share = batch[rank::processes]
            weight = len(share) / len(batch)
            share = share if len(share) > 0 else batch[:1]
            optimizer.zero_grad()
            value = loss(run(parallel, inputs[share].to(device)), targets[share].to(device)) * weight
            # The gradients of all processes are averaged, but their shares add up.
            (value * processes).backward()
            optimizer.step()
            total += value.detach() * len(batch)
        if processes > 1:
            torch.distributed.all_reduce(total)
        if rank == 0:
            print(f"epoch {epoch + 1}: loss {total.item() / len(inputs):.6g}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="a safetensors file with the tensors inputs and targets, a row for each sample")
    parser.add_argument("--weights", help="the weights to start from; new ones without it")
    parser.add_argument("--out", required=True, help="the file for the trained weights")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=BATCH, help="the samples of a step, of all processes together")
    parser.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd")
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--momentum", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--in-order", action="store_true", help="take samples in the order of the file")
    settings = parser.parse_args()

    processes, rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
    if processes > 1:
        torch.distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    torch.manual_seed(settings.seed)
    model = MODEL()
    if settings.weights:
        load(model, settings.weights)
    # Dropout and noise differ from process to process.
    torch.manual_seed(settings.seed + rank)
    data = read(settings.data)
    train(model, data["inputs"].flatten(1), data["targets"].flatten(1), settings, rank, processes)
    if rank == 0:
        save(model, settings.out)
    if processes > 1:
        torch.distributed.destroy_process_group()


if __name__ == "__main__":
    main()
