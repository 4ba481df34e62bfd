"""A nation to try things on: consistent, plausible, clearly fictitious county-years, some of them wrong on purpose.

dice        chance without state: each draw is a function of the seed and of what it is for
balances    the form's laws as sums that must come to zero
counts      the cells of one county-year: leaves by chance, totals from the laws
indicators  what the form does not count
places      names, codes and addresses that nobody has
drafts      a short narrative.md for some counties
slips       deliberate errors, and which rules they break
nation      all of it, written as a params folder
"""

from helpers.demo.nation import Nation, write_nation
from helpers.demo.slips import Planted

__all__ = ["Nation", "Planted", "write_nation"]
