"""The check of a performance library: what is wrong in its sheets, as values with place, all at once.

Nothing is repaired and nothing is refused here: the sheets of a trade are mended by people who know it.

=====  =====================================================================================================
I-01   a code is missing, malformed or stands twice
I-02   a name stands twice (a form may have a name only once, P-14)
I-03   two names are nearly the same and nobody has said that they differ
I-04   level 2 is unknown or belongs to another level 1
I-05   the words of the name belong to another level 2
I-06   operator and direction disagree (P-20)
I-07   the words of the name speak against operator or direction
I-08   unit missing, not wanted, or against the words of the name
I-09   unit unknown (绩效计量单位)
I-10   typical value is no number, out of range, or no words where words are wanted
I-11   function code unknown
I-12   parts of the code stand for another field, category or use
I-13   core flag and kind disagree
I-14   retired without end or successor, successor missing or in a ring, years that are none
I-15   needed text missing, or too long
I-16   default weight outside 1 to 5
I-17   target on a count of inspections, fines, arrests, prosecutions or convictions
I-18   may pass 100 %: said where it can't be, or missing at a growth rate
I-19   quantification model unknown
I-20   parent missing or in a ring
I-21   cell that can't be understood
I-22   sheet without the headings of a library, a heading twice, no rows
I-23   formula cell
I-31   points of a case are off its profile
I-32   line of a case is not in the library or differs from it
I-33   a case lacks a group that a goal must have, or has a name twice (P-10, P-14, P-15)
I-34   head of a case: function, use or length of the texts
I-41   line of a core set is not in the library, not core, or differs
I-42   core set incomplete, a name twice, or a weight outside 1 to 5
I-51   reference value without indicator or source, or no number
=====  =====================================================================================================

Sources: performance rules sections 1, 3, 4 and 5; 财预〔2021〕101号 for the groups.
"""

from desktop.domain.library_rules.finding import Finding, Place, Placed, in_order
from desktop.domain.library_rules.known import Known, Material
from desktop.domain.library_rules.links import about_links, about_parents
from desktop.domain.library_rules.meaning import about_meaning
from desktop.domain.library_rules.naming import about_names
from desktop.domain.library_rules.sets import about_sets
from desktop.domain.library_rules.values import about_values

__all__ = ["Finding", "Known", "Material", "Place", "Placed", "check_library", "in_order"]


def check_library(material: Material, known: Known) -> list[Finding]:
    """Return everything that the rules find, by file, row and rule."""
    found = [*about_names(material.indicators, known), *about_links(material.indicators, known)]
    for entry in material.indicators:
        found += about_values(entry, known)
        found += about_meaning(entry)
    found += about_parents(material.parents)
    found += about_sets(material, known)
    return in_order(found)
