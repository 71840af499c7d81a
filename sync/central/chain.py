"""Where a batch stands in its stream's chain (R4)."""

from typing import Literal

from sync.manifest import NO_DIGEST, Tip

Place = Literal["next", "gap", "FORK", "STALE_EPOCH", "BAD_PREV"]


def place_of(tip: Tip, epoch: int, seq: int, prev: str, resume: Tip | None) -> Place:
    """Say whether a batch is the next one, waits for others, or can never be booked.

    Args:
        tip: The last booked point of the stream.
        epoch: The batch's.
        seq: The batch's.
        prev: Digest of the batch before it, as it says.
        resume: For the first batch of a later epoch, the platform's tip that it goes on from.

    Returns:
        ``next``; ``gap`` when batches are missing before it; or the code of a refusal: ``STALE_EPOCH`` for an epoch
        that was left, ``FORK`` for a place that is taken, ``BAD_PREV`` when it follows something else than the tip.
    """
    if epoch < tip.epoch:
        return "STALE_EPOCH"
    if epoch == tip.epoch:
        if seq <= tip.seq:
            return "FORK"
        if seq > tip.seq + 1:
            return "gap"
        return "next" if prev == tip.digest else "BAD_PREV"
    if epoch > tip.epoch + 1:
        return "BAD_PREV"
    if seq > 1:
        return "gap"
    return "next" if resume == tip and prev == NO_DIGEST else "BAD_PREV"
