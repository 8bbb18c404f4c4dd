"""Cards of every kind, in many scripts and sizes, as they have been looked at. `make golden` draws them anew."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from scheduler.render.cards import CardRenderer, CardText
from scheduler.render.environment import default_templates
from scheduler.render.output import PNG, Output
from scheduler.render.photo import Picture

FOLDER = Path(__file__).parent / "golden"
PNGS = Output(frozenset({PNG}), prefer=PNG)


class Golden(NamedTuple):
    template: str
    size: str
    text: CardText


GOLDEN = {
    "latin": Golden(
        "plain",
        "wide",
        CardText(
            "The council voted for a bridge nobody could afford, and then acted “surprised” when the only people who "
            "crossed it were the lawyers' couriers.",
            "Miriam Ashworth",
            "Former city treasurer",
            "The Harbour Ledger",
        ),
    ),
    "german": Golden(
        "plain",
        "square",
        CardText(
            "Der Rat stimmte für eine Brücke, z. B. wegen der Straßenbauverwaltungsgesellschaft.",
            "Jürgen Großmann",
            "Ehemaliger Kämmerer",
            "Hafenbote",
            "de",
        ),
    ),
    "french": Golden(
        "fact",
        "wide",
        CardText(
            "Quand la rivière est montée, 42 % des maisons étaient déjà vides : nous le savions !",
            "Hélène Dubois",
            "Ancienne trésorière",
            "Le Journal du port",
            "fr",
            figure="42\u202f%",
        ),
    ),
    "arabic": Golden(
        "plain",
        "link",
        CardText(
            "الصبر مفتاح الفرج، ولم نسأل الناس الذين يعيشون هنا قط عما يريدونه من المدينة.",
            "مريم الأشقر",
            "أمينة الصندوق السابقة",
            "الأهرام",
            "ar",
        ),
    ),
    "hebrew": Golden(
        "quiet",
        "story",
        CardText(
            "מעולם לא שאלנו את האנשים שגרים כאן מה הם רוצים מ-NATO, ואחר כך הופתענו מהתשובה.",
            "דנה אוקפור",
            "חברת מועצה",
            "הארץ",
            "he",
        ),
    ),
    "japanese": Golden(
        "carousel",
        "portrait",
        CardText(
            "川が増水した夜、私たちは運べるものを運んだ。まず「子ども」たち、それから写真を。",
            "山田花子",
            "元会計係",
            "港新聞",
            "ja",
            frame=1,
            frames=3,
        ),
    ),
    "thai": Golden(
        "fact",
        "square",
        CardText(
            "เราไม่เคยถามคนที่อาศัยอยู่ที่นี่เลยว่าพวกเขาต้องการสะพานนี้หรือไม่",
            "มาลี ศรีสุข",
            "อดีตเหรัญญิก",
            "หนังสือพิมพ์ท่าเรือ",
            "th",
            figure="12,000",
        ),
    ),
    "korean": Golden(
        "split",
        "portrait",
        CardText(
            "우리는 여기 사는 사람들에게 무엇을 원하는지 한 번도 묻지 않았고, 그 대답에 놀랐다.",
            "김민지",
            "전 시 재무관",
            "항구신문",
            "ko",
        ),
    ),
    "chinese": Golden(
        "story",
        "story",
        CardText(
            "我們從來沒有問過住在這裡的人，他們到底需要什麼樣的橋，然後卻對答案感到驚訝。",
            "王小明",
            "前市財政局長",
            "港口日報",
            "zh-Hant",
        ),
    ),
    "hindi": Golden(
        "link",
        "link",
        CardText(
            "हमने यहाँ रहने वाले लोगों से कभी नहीं पूछा कि वे क्या चाहते हैं, और फिर जवाब पर हैरान हुए।",
            "मीरा अग्रवाल",
            "",
            "बंदरगाह समाचार",
            "hi",
            title="पुल जिसे कोई नहीं चाहता था",
        ),
    ),
    "english": Golden(
        "photo",
        "landscape",
        CardText("Nobody asked the river.", "Miriam Ashworth", "Former city treasurer", "The Harbour Ledger"),
    ),
    "mixed": Golden(
        "quiet",
        "landscape",
        CardText(
            "The word for hope is أمل in Arabic, 希望 in Chinese, आशा in Hindi and 희망 in "
            "Korean 🌍, and we 👩🏽‍🚀 say all four.",
            "Dana Okafor",
            "Commissioner 🇫🇷",
            "The Ledger",
        ),
    ),
}


def _photo() -> Picture:
    """As large as its card and without loss, so that no decoder has a say: a light sky over dark water."""
    tones = np.linspace((238, 226, 204), (38, 60, 74), 900).round().astype(np.uint8)
    data = io.BytesIO()
    Image.fromarray(np.repeat(tones[:, None], 1600, axis=1)).save(data, "PNG")
    return Picture(data.getvalue(), "image/png", 1600, 900)


def drawn(name: str) -> Image.Image:
    template, size, text = GOLDEN[name]
    pictures = {"photo": _photo()} if template == "photo" else {}
    card = CardRenderer([default_templates() / "cards"]).render(
        template, size, text, {}, pictures, output=PNGS
    )
    return Image.open(io.BytesIO(card.data)).convert("RGB")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in GOLDEN:
        drawn(name).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
