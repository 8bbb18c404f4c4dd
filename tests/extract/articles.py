# ruff: noqa: E501  (a paragraph is one line)
"""Small articles written for the tests. Every “…” in them is a quoted segment; `speakers` names its speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.extract.rewriting import Span


@dataclass(frozen=True)
class Sample:
    body: str
    speakers: tuple[str, ...]  # of each segment

    @property
    def spans(self) -> list[Span]:
        return [Span(m.start() + 1, m.end() - 1) for m in re.finditer("“[^”]*”", self.body)]


FERRY = Sample(
    """The night ferry to Skarholm takes eleven hours and carries, on most evenings, fewer than forty people.

Captain Marta Lind has sailed it for nineteen years. “People think the sea is the difficult part,” Lind says. “The difficult part is the coffee machine.”

Her first mate, Jonas Ek, disagrees with her about almost everything. “She thinks that a schedule is a promise,” said Ek, who came to the line from a fishing boat. “I think that a schedule is a wish, and the wind has to sign it.”

Lind laughs when she hears it. “He has been saying so since 2009,” she says. “The wind has signed every time.”

The company would like to end the service in October, and has told the crew that it loses four million a year. A spokesman said the figures were under review.

“We are not a line in a table,” Lind told The Harbour Gazette. “We are how the island gets its bread, its doctor and its post, and there is nobody else who will do it at night in February.”

Ek has begun to collect signatures on board. On a crossing last week he had ninety-one, which is more than there were passengers.

“Some of them signed for their dogs,” he admitted. “I did not check too closely.”

What will she do if the line is closed? Lind looks at the chart for a long time.

“I will take the last boat over and stay there,” she says. “Somebody has to be on the island when the bread does not come.”""",
    ("Marta Lind",) * 2
    + ("Jonas Ek",) * 2
    + ("Marta Lind",) * 4
    + ("Jonas Ek",) * 2
    + ("Marta Lind",) * 2,
)  # fmt: skip

LIBRARY = Sample(
    """The town of Ashcombe closed its library in March. By June it had three.

The first opened in the butcher's shop. “I had a cold room that I did not need any more,” said Daniel Price, whose family has sold meat on the square since 1911. “Books like it cool and dry. So do I.”

Two streets away, Mrs. Elena Rossi, a retired chemist, put eleven shelves into her garage. “The council told us that nobody reads,” Rossi said. “I lent two hundred books in the first week, and I got two hundred and four back.”

How did that happen? “Children,” she explained. “They bring me what they find at home.”

The third library has no roof. It was the idea of Amir Haddad, sixteen, who chained a row of wooden boxes to the railings of the closed building so that, as he put it, “the old place would have to look at us.”

The council is not amused. “We admire the spirit, but the railings are public property,” Councillor Joan Birch said in a statement. “There is a form for that.”

Haddad filled in the form. “It has nineteen pages and asks twice whether I am a circus,” he said. “I wrote: not yet.”

Price has read it, too. “That boy will be the mayor one day,” the butcher predicts, “and then we shall all have to fill in something.”""",
    ("Daniel Price",) * 2
    + ("Elena Rossi",) * 4
    + ("Amir Haddad",)
    + ("Joan Birch",) * 2
    + ("Amir Haddad",) * 2
    + ("",) * 2,
)  # fmt: skip

SAMPLES = (FERRY, LIBRARY)
