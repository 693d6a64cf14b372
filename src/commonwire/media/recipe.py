from typing import Final

# Raise it with every change of what renditions are made; `commonwire media again` then
# makes those of older ones again.
RECIPE: Final = 2
