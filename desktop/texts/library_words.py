"""Why an entry of the indicator library was found, and why it stands where it does."""

from collections.abc import Mapping, Sequence

from desktop.domain.library import Indicator
from desktop.domain.library_matching import Quality, Searched, loosely_fits, quality_of, searched
from desktop.domain.library_search import Fit, LibraryQuery, fit_of
from desktop.domain.search_text import words
from desktop.texts import tr

_QUALITIES: Mapping[Quality, str] = {
    Quality.WHOLE: tr("“{word}”就是它的名称或编码"),
    Quality.START: tr("名称以“{word}”开头"),
    Quality.WORD: tr("名称里的词以“{word}”开头"),
    Quality.MIDDLE: tr("名称里有“{word}”"),
    Quality.CODE: tr("编码以“{word}”开头"),
    Quality.ALIAS: tr("别名里有“{word}”"),
    Quality.SPELLED_WHOLE: tr("“{word}”是它的拼音或首字母"),
    Quality.SPELLED: tr("拼音或首字母里有“{word}”"),
    Quality.LOOSE: tr("首字母或拼音与“{word}”相近"),
    Quality.ABOUT: tr("解释、资金用途、类别或常用值里有“{word}”"),
}
_FITS: Mapping[Fit, str] = {
    Fit.ITEM: tr("适用功能科目 {code}"),
    Fit.SECTION: tr("适用功能科目 {section} 款"),
    Fit.CLASS: tr("适用功能科目 {category} 类"),
    Fit.NEAR: tr("适用同款的其他功能科目"),
    Fit.ANY: tr("各类项目都能用"),
}


def found_words(one: Indicator, query: LibraryQuery, unit_uses: int, cases: int) -> list[str]:
    """Return why an entry was found and what lets it stand so far ahead, one reason each, the weightiest first."""
    entry = searched(one)
    found = [
        _QUALITIES[quality].format(word=word)
        for word in words(query.text)
        if (quality := _quality(entry, word)) is not None
    ]
    code, fit = query.function_code, fit_of(one, query.function_code)
    if code and fit in _FITS:
        found.append(_FITS[fit].format(code=code, section=code[:5], category=code[:3]))
    found += [
        words_of.format(count=count)
        for words_of, count in (
            (tr("本单位用过 {count} 次"), unit_uses),
            (tr("本地区 {count} 家在用"), one.region_uses),
            (tr("案例 {count} 个"), cases),
        )
        if count
    ]
    if one.is_core:
        found.append(tr("核心指标"))
    if query.fiscal_year and not one.is_open_in(query.fiscal_year):
        found.append(tr("{year} 年已停用", year=query.fiscal_year))
    return found


def score_of(one: Indicator, text: str) -> int:
    """Return how well a text fits an entry, 100 for its name down to 10; the word that fits worst decides.

    Entries of the same score are ordered by what `desktop.domain.library_search` names after quality.
    """
    entry = searched(one)
    found = [quality for word in words(text) if (quality := _quality(entry, word)) is not None]
    return 100 - 10 * max(found, default=Quality.WHOLE)


def _quality(entry: Searched, word: str) -> Quality | None:
    quality = quality_of(entry, word)
    return Quality.LOOSE if quality is None and loosely_fits(entry, word) else quality


def ranges(places: Sequence[int]) -> list[list[int]]:
    """Return places as ranges: first, and the one after the last."""
    found: list[list[int]] = []
    for place in places:
        if found and found[-1][1] == place:
            found[-1][1] = place + 1
        else:
            found.append([place, place + 1])
    return found
