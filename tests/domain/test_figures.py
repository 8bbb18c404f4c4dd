"""The number that a quote is about."""

from __future__ import annotations

import pytest

from scheduler.domain.figures import figure


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("We lost 42 per cent of the eelgrass in nine years.", "en", "42%"),
        ("It grew by 3.5 percent, from 10,000 to 12,000.", "en-GB", "3.5%"),
        ("Wir haben 42 Prozent verloren.", "de", "42\u202f%"),
        ("Nous avons perdu 12,5 % en un an.", "fr", "12,5\u202f%"),
        ("The city spent $3.2 billion on a terminal.", "en", "$3.2\u00a0billion"),
        ("Das kostet 1,5 Millionen Euro im Jahr.", "de", "1,5\u00a0Millionen\u00a0Euro"),
        ("It cost us €400 a head.", "en", "€400"),
        ("Some 3.2 million people came.", "en", "3.2\u00a0million"),
        ("We counted 12,400 birds in 2019.", "en", "12,400"),
        ("In 2019 we had 3 boats.", "en", ""),
        ("Call 555-1234 at 9:30.", "en", ""),
        ("Between 5%, 10%, 15% and 20% of them.", "en", ""),
        ("It is 100.", "en", ""),
        ("No number at all.", "en", ""),
        ("", "", ""),
    ],
)
def test_a_figure_is_found_where_there_is_one(text: str, language: str, shown: str) -> None:
    assert figure(text, language) == shown
