"""Which fonts the cards are set in: open families that come as packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Family:
    """The fonts of a role: Latin, Greek and Cyrillic, every weight in one variable file."""

    name: str
    package: str
    file: str
    optical_size: float  # points that the letters are cut for: smaller is sturdier


class Files(NamedTuple):
    serif: str
    sans: str


@dataclass(frozen=True)
class Script:
    """The fonts of a script that the roles' own lack: the role takes the serif or the sans."""

    names: Files
    package: str
    files: Files
    letters: str  # a pattern
    leading: float  # ems from line to line, at least
    scale: float = 1.0  # which makes its letters as large as Latin ones look
    languages: tuple[str, ...] = ()  # for which it comes first, where several scripts share characters
    extra: str = ""  # of ours, which installs it

    @property
    def characters(self) -> str:
        """A pattern for all that it may be asked for: with its letters go marks and spaces."""
        return rf"{self.letters}|[\p{{P}}\p{{Zs}}]"

    @property
    def of_one_weight(self) -> bool:
        return self.files.serif.endswith(".otf")


FAMILIES = {
    "serif": Family("Source Serif 4", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", 32),
    "sans": Family("Inter", "fontpkg_inter", "Inter[opsz,wght].ttf", 14),
    "display": Family("Inter Display", "fontpkg_inter", "Inter[opsz,wght].ttf", 32),  # a sans for large sizes
}


def _noto(script: str, code: str, letters: str, leading: float, scale: float = 1.0) -> Script:
    serif = "Naskh" if script == "Arabic" else "Serif"
    names = Files(f"Noto {serif} {script}", f"Noto Sans {script}")
    files = Files(*(f"{name.replace(' ', '')}-Variable.ttf" for name in names))
    return Script(names, f"pylopdf_fonts_{code}", files, letters, leading, scale)


def _east_asian(suffix: str, code: str, *languages: str) -> Script:
    names = Files(f"Noto Serif {suffix}", f"Noto Sans {suffix}")
    files = Files(*(f"{name.replace(' ', '')}-Regular.otf" for name in names))
    letters = r"[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}々ー\u3000-\u303f\uff00-\uffef]"
    package = f"pylopdf_fonts_{code}"
    return Script(names, package, files, letters, 1.4, 0.94, languages=languages, extra="cjk")


SCRIPTS = (
    _noto("Arabic", "ar", r"\p{scx=Arab}", leading=1.5, scale=1.12),
    _noto("Hebrew", "he", r"\p{scx=Hebr}", leading=1.25),
    _noto("Devanagari", "hi", r"\p{scx=Deva}", leading=1.4),
    _noto("Thai", "th", r"\p{scx=Thai}", leading=1.5),
    _east_asian("JP", "jp", "ja"),
    _east_asian("SC", "zh_cn", "zh"),
    _east_asian("TC", "zh_tw", "zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue"),
    _east_asian("KR", "ko", "ko"),
)
