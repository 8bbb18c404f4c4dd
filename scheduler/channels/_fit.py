"""Whether a kind can carry a message: refused while a person is looking, with what to change."""

from __future__ import annotations

from scheduler.domain.capabilities import Capabilities, Images
from scheduler.domain.errors import NotSupported
from scheduler.domain.message import Image, Message


def check_fit(message: Message, can: Capabilities, label: str) -> None:
    if message.letter is not None:
        if can.mail is None:
            raise NotSupported(f"{label} does not send mail", "choose another channel for this issue")
        return
    if can.text is not None and not can.text.fits(message.text):
        raise NotSupported(f"The text is too long for {label}", can.text.describe(message.text))
    if message.reply_to is not None and not can.threads:
        raise NotSupported(f"{label} has no threads", "make it one post")
    _check_images(message.images, can.images, label)


def _check_images(images: tuple[Image, ...], can: Images | None, label: str) -> None:
    if not images:
        return
    if can is None:
        raise NotSupported(f"{label} takes no images", "choose another channel for this card")
    if len(images) > can.count:
        raise NotSupported(f"Too many images for {label}", f"{len(images)}/{can.count}")
    for image in images:
        _check_image(image, can, label)


def _check_image(image: Image, can: Images, label: str) -> None:
    limits = dict.fromkeys(can.types, can.max_bytes) | {"application/pdf": can.pdf}
    most = limits.get(image.type)
    if most is None:
        raise NotSupported(f"{label} takes no {image.type}", ", ".join(sorted(can.types)))
    if len(image.data) > most:
        raise NotSupported(f"An image is too large for {label}", f"{len(image.data)}/{most} bytes")
    if can.alt is not None and not can.alt.fits(image.alt):
        raise NotSupported(f"An alternative text is too long for {label}", can.alt.describe(image.alt))
