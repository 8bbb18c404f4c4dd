"""Chinese. 中文. No space stands between words: what is spoken is told by what touches the quote."""

from __future__ import annotations

import re

from scheduler.extract.lexicon._language import Language

_SAYS = r"(?:说|說|表示|道|指出|称|稱|认为|認為|强调|強調|回答|问|問|写道|寫道|告诉|告訴|透露|补充|坦言|回忆)"

LANGUAGE = Language(
    code="zh",
    function=frozenset(),
    cue_before=re.compile(rf"{_SAYS}[^。\n“”「」]{{0,8}}[：:，,]?\s*$"),
    cue_after=re.compile(rf"\s*[，,。]?[^。\n“”「」]{{0,12}}?{_SAYS}"),
)
