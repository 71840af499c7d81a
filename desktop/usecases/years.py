"""Which years the books hold something of."""

from desktop.usecases.ports import Books

_BACK, _AHEAD = 10, 1


def years_with_data(books: Books, this_year: int) -> tuple[int, ...]:
    """Return this year and every other one with documents or quotas, newest first.

    A year is the one that is spent: the budget of 2027 is made in 2026 and counts there.
    """
    found = {this_year}
    with books:
        for year in range(this_year - _BACK, this_year + _AHEAD + 1):
            if books.mirrors.quotas(year):
                found.add(year)
            for row in books.documents.rows(fiscal_year=year, limit=1):
                # A budget (and its projects and goals) is made in the year before.
                found.add(year if row.kind.value == "VOUCHER" else min(year - 1, this_year))
    return tuple(sorted((year for year in found if year <= this_year), reverse=True))
