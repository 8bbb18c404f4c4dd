"""Japanese. 日本語. No space stands between words: what is spoken is told by what touches the quote."""

from __future__ import annotations

import re

from scheduler.extract.lexicon._language import Language

LANGUAGE = Language(
    code="ja",
    function=frozenset(),
    cue_after=re.compile(
        r"\s*[、,]?\s*(?:と|って)[^。\n]{0,12}?"
        r"(?:言|い[うっ]|話|語|述べ|答え|説明|強調|指摘|主張|コメント|叫|振り返|明か|訴え|笑|つぶや|続け|思|感じ)"
    ),
)
