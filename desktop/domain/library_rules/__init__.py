"""The check of a performance library: what is wrong in its sheets, as values with place, all at once.

Nothing is repaired and nothing is refused here: the sheets of a trade are mended by people who know it.

=====  =====================================================================================================
L-01   a code is missing, malformed or stands twice
L-02   a name stands twice (a form may have a name only once, P-14)
L-03   two names are nearly the same and nobody has said that they differ; an alias is the name of another entry
L-04   level 2 is unknown or belongs to another level 1
L-05   the words of the name belong to another level 2
L-06   operator and direction disagree (P-20)
L-07   the words of the name speak against operator or direction
L-08   unit missing, not wanted, or against the words of the name
L-09   unit unknown (绩效计量单位)
L-10   typical value is no number, out of range, or no words where words are wanted
L-11   function code unknown
L-12   parts of the code stand for another field, category or use
L-13   core flag and kind disagree
L-14   retired without end or successor, successor missing or in a ring, years that are none
L-15   needed text missing, or too long
L-16   default weight outside 1 to 5
L-17   target on a count of inspections, fines, arrests, prosecutions or convictions
L-18   may pass 100 %: said where it can't be, or missing at a growth rate
L-19   quantification model unknown, or its result in another unit
L-20   parent missing or in a ring
L-21   cell that can't be understood
L-22   sheet without the headings of a library, a heading twice, no rows
L-23   formula cell
L-24   way of scoring unknown, or none for this indicator
L-31   points of a case are off its profile
L-32   line of a case is not in the library or differs from it
L-33   a case lacks a group that a goal must have, or has a name twice (P-10, P-14, P-15)
L-34   head of a case: function, use or length of the texts
L-41   line of a core set is not in the library, not core, or differs
L-42   core set incomplete, a name twice, or a weight outside 1 to 5
L-51   reference value without indicator or source, or no number
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
