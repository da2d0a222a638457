"""Summaries: whole sentences of a text that stand for the rest.

Sentences are ranked by how many of their bigrams the others share: the degree centrality of
LexRank (Erkan and Radev 2004, section 3.2), summed over bigrams instead of pairs, with a bonus
for the lead. Nothing is written that the text does not say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from wenzhai.sentences import is_whole, split_sentences

LEAST, MOST = 160, 280
READ = 25
LEAD = 0.12
SHORT = 24
WORD = re.compile(r"[a-z0-9]+|[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uac00-\ud7a3]+")
CLAUSE = re.compile(r"[，；、,;：:—\s](?=[^，；、,;：:—\s]*$)")
# Such a start leans on a sentence before it, which the summary may lack.
LEANING = re.compile(
    r"不过|但是?|然而|此外|因此|所以|而且|并且|同时|另外|其中|与此同时|换言之|当然|这|那|它|他|她|其|"
    r"不過|這|(?i:but|however|and|so|thus|therefore|moreover|this|that|these|those|it|he|she|they)\b|"
    r"しかし|また|そして|それ|これ|그러나|하지만|그리고|이는"
)
OPENERS = "「『“\"'‘（("


def summarise(text: str, language: str) -> str:
    """Return whole sentences of a text, 80 to 140 Han characters (160 to 280 columns) where it can.

    ``text`` has one block a line; ``language`` is BCP 47. The first 25 sentences are considered,
    in their order. A text whose only sentence is longer is cut at a clause and ends with ``…``.
    """
    sentences = tuple(islice(_sentences(text), READ))
    if not sentences:
        return ""
    spaced = language.partition("-")[0] not in {"zh", "ja"}
    chosen = _choose(sentences)
    if not chosen:
        return _cut(sentences[0])
    return _join([sentences[index] for index in sorted(chosen)], spaced=spaced)


def text_width(text: str) -> float:
    """Return about how many columns a text takes: 2 a Han character, 1 an ASCII one.

    Three bytes of UTF-8 are wide, one is narrow, so half the sum of bytes and characters is exact
    for both and close for the rest.
    """
    return (len(text.encode("utf-8", "replace")) + len(text)) / 2


def _sentences(text: str) -> Iterable[str]:
    for block in text.split("\n"):
        if block := block.strip():
            yield from split_sentences(block)


def _choose(sentences: tuple[str, ...]) -> list[int]:
    """Pick the best sentences that fit, by their numbers."""
    bags = [_bigrams(sentence) for sentence in sentences]
    scores = _scores(sentences, bags)
    chosen: list[int] = []
    taken = 0.0
    for index in sorted(range(len(sentences)), key=lambda index: (-scores[index], index)):
        width = text_width(sentences[index])
        if scores[index] <= 0 or taken + width > MOST or _repeats(bags, index, chosen):
            continue
        chosen.append(index)
        taken += width
        if taken >= LEAST:
            break
    return chosen


def _scores(sentences: tuple[str, ...], bags: list[frozenset[str]]) -> list[float]:
    common = Counter(gram for bag in bags for gram in bag)
    scores = []
    for index, (sentence, bag) in enumerate(zip(sentences, bags, strict=True)):
        centrality = sum(map(common.__getitem__, bag)) / (len(bag) + 8)
        score = (centrality + 0.2) / (1 + LEAD * index)
        if LEANING.match(sentence.lstrip(OPENERS)):
            score *= 0.6
        if not is_whole(sentence):
            # A heading in disguise, a label, a list item: rather not.
            score *= 0.3 if len(sentence) >= SHORT else 0.1
        scores.append(score)
    return scores


def _repeats(bags: list[frozenset[str]], index: int, chosen: list[int]) -> bool:
    """Tell whether most of a sentence is said by one already chosen."""
    bag = bags[index]
    return any(len(bag & bags[other]) * 5 > len(bag) * 3 for other in chosen)


def _bigrams(sentence: str) -> frozenset[str]:
    """Return pairs of neighbouring Han characters, kana or Hangul, and Latin words whole."""
    grams: list[str] = []
    for word in WORD.findall(sentence.lower()):
        if word.isascii():
            grams.append(word)
        else:
            grams += map(str.__add__, word, word[1:])
    return frozenset(grams)


def _join(sentences: list[str], *, spaced: bool) -> str:
    joined = sentences[0]
    for sentence in sentences[1:]:
        narrow = joined[-1] < "\u2e80" and sentence[0] < "\u2e80"
        # List items and quotes may end in no mark; glued together they would read as one.
        apart = spaced or narrow or not is_whole(joined)
        joined += f" {sentence}" if apart else sentence
    return joined


def _cut(sentence: str) -> str:
    """Cut an overlong sentence behind its last clause that fits."""
    if text_width(sentence) <= MOST:
        return sentence
    end = len(sentence)
    while text_width(sentence[:end]) > MOST - 2:
        end -= max(1, int(text_width(sentence[:end]) - MOST) // 3)
    head = sentence[:end]
    clause = CLAUSE.search(head)
    if clause and clause.start() > end // 3:
        return f"{head[: clause.start()]}…"
    return f"{head}…"
