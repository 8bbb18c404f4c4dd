"""One sentence each: the ways in which English names who speaks. Each stands below the same two people."""

from __future__ import annotations

import pytest

from scheduler.extract import extract

CAST = "Nora Vance opened a bakery in Arlen on Monday. Peter Hall, her lawyer, came too.\n\n"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“It is late,” a spokeswoman for the hotels, Jennifer Rodstrom, said.", "Jennifer Rodstrom"),
        (
            "A spokeswoman for the hotels, Jennifer Rodstrom, said: “It is late, and we close.”",
            "Jennifer Rodstrom",
        ),
        ("“It is late,” said a spokeswoman for the hotels, Jennifer Rodstrom.", "Jennifer Rodstrom"),
        ("“It is late,” Sen. Pence of Indiana told Fox News.", "Pence"),
        ("“It is late,” Mr. Hall of the Bakers’ Guild said.", "Peter Hall"),
        ("“It is late,” her lawyer said.", "Peter Hall"),
        ("“It is late,” said Hall, speaking for Vance.", "Peter Hall"),
        ("“It is late,” Hall, who represents Vance, said on Monday.", "Peter Hall"),
        ("“It is late,” Hall tweeted at Vance.", "Peter Hall"),
        ("“It is late, Peter,” Vance said.", "Nora Vance"),
        ("Asked by Hall whether it was late, Vance said, “It is very late.”", "Nora Vance"),
        ("Hall asked Vance about it. “It is late,” she replied.", "Nora Vance"),
        ("“It is late,” he told Vance.", "Peter Hall"),
        ("Vance told Hall, “It is late and we are closed.”", "Nora Vance"),
        ("As Vance put it: “It is late and we are closed.”", "Nora Vance"),
        ("In a letter to Hall, Vance wrote that “it is late and we are closed.”", "Nora Vance"),
        ("“It is late,” Vance’s lawyer, Peter Hall, said.", "Peter Hall"),
        ("“It is late,” said Vance’s lawyer.", ""),
        ("“It is late,” said Dr. Ruth O’Malley-Quinn, M.D., of Leeds.", "Ruth O’Malley-Quinn"),
        ("“It is late,” said Juan Carlos de la Cruz y Ortega.", "Juan Carlos de la Cruz y Ortega"),
        ("“It is late,” said Ludwig van den Berg.", "Ludwig van den Berg"),
        ("“It is late,” said Ursula von der Leyen, the commission president.", "Ursula von der Leyen"),
        (
            "“It is late,” von der Leyen said. Ursula von der Leyen leads the commission.",
            "Ursula von der Leyen",
        ),
        ("“It is late,” said Rep. Alexandria Ocasio-Cortez, D-N.Y.", "Alexandria Ocasio-Cortez"),
        ("“It is late,” said U.S. Rep. John Lewis (D-Ga.).", "John Lewis"),
        ("“It is late,” said then-Sen. Barack Obama.", "Barack Obama"),
        ("“It is late,” said White House press secretary Josh Earnest.", "Josh Earnest"),
        ("“It is late,” said House Speaker Paul D. Ryan (R-Wis.).", "Paul D. Ryan"),
        ("“It is late,” said Trump campaign manager Kellyanne Conway.", "Kellyanne Conway"),
        ("“It is late,” said Homeland Security Secretary Jeh Johnson.", "Jeh Johnson"),
        ("“It is late,” said Quinnipiac University poll assistant director Tim Malloy.", "Tim Malloy"),
        ("“It is late,” said 28-year-old baker Anna Weiss.", "Anna Weiss"),
        ("“It is late,” said Anna, 28, a baker.", "Anna"),
        ("“It is late,” wrote New York Times columnist Paul Krugman.", "Paul Krugman"),
        ("“It is late,” Times columnist Paul Krugman wrote.", "Paul Krugman"),
        ("“It is late,” Philadelphia-based activist Omar Reed said.", "Omar Reed"),
        ("“It is late,” says Vance, laughing. “So late.”", "Nora Vance"),
        ("“It is late,” Vance, laughing, says.", "Nora Vance"),
        ("“It is late.” That is what Vance says every night.", "Nora Vance"),
        ("Vance, for her part, was blunt: “It is late and we are closed.”", "Nora Vance"),
        ("“It is late,” Vance begins. She stops.", "Nora Vance"),
        ("“It is late,” according to Nora Vance.", "Nora Vance"),
        ("“It is late,” according to a police report.", ""),
        ("“It is late,” the Leeds Post reported.", "Leeds Post"),
        ("“It is late,” Vance concedes when asked.", "Nora Vance"),
        ("“Is it late?” wondered Hall aloud.", "Peter Hall"),
        ("“It is late,” joked Queen Elizabeth II.", "Elizabeth II"),
        ("“It is late,” Prime Minister Narendra Modi said.", "Narendra Modi"),
        ("“It is late,” Xi Jinping said.", "Xi Jinping"),
        ("“It is late,” Ban Ki-moon said.", "Ban Ki-moon"),
        ("“It is late,” Pope Francis said.", "Francis"),
        ("“It is late,” Malala said. Malala Yousafzai, 19, left.", "Malala Yousafzai"),
        ("“It is late,” the 28-year-old Vance said.", "Nora Vance"),
        ("“It is late,” a visibly tired Vance said.", "Nora Vance"),
        ("“It is late,” a tearful Nora Vance told the court.", "Nora Vance"),
        ("“It is late,” ex-mayor Karl Brandt said.", "Karl Brandt"),
        ("“It is late,” said Karl Brandt III.", "Karl Brandt III"),
        ("“It is late,” one of the bakers, Olga Reyes, said.", "Olga Reyes"),
        ("“It is late,” says one baker, who asked not to be named.", ""),
        ("“It is late,” Vance and Hall said.", "Nora Vance and Peter Hall"),
        ("“It is late,” said Vance and Hall.", "Nora Vance and Peter Hall"),
        ("“It is late,” said Vance and Hall agreed.", "Nora Vance"),
        ("“It is late,” said Nora “Crumb” Vance.", "Nora Vance"),
        ("“It is late,” said Aisha al-Rashid, a baker.", "Aisha al-Rashid"),
        ("Al Brodie, 58, said that he was sure. “It is late,” he said.", "Al Brodie"),
        ("Harbour safety officer Ann Bell agreed, adding: “It is late and dark.”", "Ann Bell"),
        ("“It is late,” said Ann Bell MSP.", "Ann Bell"),
        ("“It is late,” said Liam Fox, the minister.", "Liam Fox"),
        ("“It is late,” said Christian Lindner.", "Christian Lindner"),
        ("“It is late,” said Park Geun-hye. “So late,” Park said.", "Park Geun-hye"),
        ("“It is late,” said the European Space Agency.", "European Space Agency"),
        (
            "“Is it late?” Hall asked Vance.\n\n“It is,” Vance said.\n\n“Are you sure about that?”",
            "Peter Hall",
        ),
    ],
)
def test_who_speaks(sentence: str, speaker: str) -> None:
    assert extract(CAST + sentence)[-1].speaker == speaker
