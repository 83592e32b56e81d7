"""Features before the discriminator: moved and with holes, all maps of a picture alike."""

import torch

from engine.training.augmentation import augment


def _maps():
    place = torch.arange(16 * 16, dtype=torch.float32).add(1).view(1, 1, 16, 16).expand(2, 3, 16, 16)
    return [place.repeat_interleave(2, 2).repeat_interleave(2, 3).clone(), place.clone()]


def test_all_maps_of_a_picture_are_moved_and_blanked_alike():
    maps = _maps()

    fine, coarse = augment(maps, seed=3)

    assert torch.equal(fine[..., ::2, ::2], coarse)
    assert (coarse == 0).any()
    assert not torch.equal(coarse, maps[1])
    assert not torch.equal(coarse[0], coarse[1])  # each picture in its own way


def test_the_seed_decides_and_nothing_given_is_changed():
    maps = _maps()
    before = [x.clone() for x in maps]

    first, again, other = augment(maps, 1), augment(maps, 1), augment(maps, 2)

    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    assert not torch.equal(first[1], other[1])
    assert all(torch.equal(a, b) for a, b in zip(maps, before, strict=True))


def test_gradients_pass_where_nothing_was_blanked():
    maps = [x.requires_grad_() for x in _maps()]

    torch.stack([x.sum() for x in augment(maps, 5)]).sum().backward()

    assert maps[1].grad is not None
    assert set(maps[1].grad.unique().tolist()) == {0.0, 1.0}
